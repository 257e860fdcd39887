import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

/** A program that was started to be measured, or to measure against. */
export interface Program {
  pid: number;
  /** Resolves to the first line on its standard output that the test accepts; rejects where it ends before. */
  line(accept: (text: string) => boolean): Promise<string>;
  /** Throws, with what it said on standard error, where it has ended. */
  mustRun(): void;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
}

export function startProgram(command: string, ...args: readonly string[]): Program {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  if (child.pid === undefined) throw new Error(`${command} could not be started`);
  const ended = once(child, 'close');
  const lines = createInterface(child.stdout);
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const tooEarly = () => new Error(`${[command, ...args].join(' ')} ended too early: ${said}`);
  const isRunning = () => child.exitCode === null && child.signalCode === null;

  return {
    pid: child.pid,
    line: (accept) =>
      new Promise((resolve, reject) => {
        lines.on('line', function look(text: string) {
          if (!accept(text)) return;
          lines.off('line', look);
          resolve(text);
        });
        ended.then(() => reject(tooEarly()), reject);
      }),
    mustRun() {
      if (!isRunning()) throw tooEarly();
    },
    async stop() {
      if (isRunning()) child.kill('SIGTERM');
      await ended;
    },
  };
}

/** What a process takes of the machine, in bytes and in seconds of a processor. */
export interface Usage {
  /** Pages in memory, shared ones whole. */
  resident: number;
  /** Pages in memory, shared ones divided by how many share them. */
  proportional: number;
  /** The most that was ever resident. */
  peak: number;
  cpu: number;
}

/** Linux counts the time of processes in hundredths of a second. */
const ticksPerSecond = 100;

export async function usageOf({ pid }: Pick<Program, 'pid'>): Promise<Usage> {
  const [status, smaps, stat] = await Promise.all(
    ['status', 'smaps_rollup', 'stat'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8')),
  );
  // The name of the program stands in parentheses and may hold white space.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  const [user, system] = fields.slice(11);
  return {
    resident: bytes(status, 'VmRSS'),
    proportional: bytes(smaps, 'Pss'),
    peak: bytes(status, 'VmHWM'),
    cpu: (Number(user) + Number(system)) / ticksPerSecond,
  };
}

function bytes(text: string | undefined, key: string): number {
  const [, kibibytes] = new RegExp(`^${key}:\\s+(\\d+) kB$`, 'm').exec(text ?? '') ?? [];
  return Number(kibibytes) * 1_024;
}
