import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

/** A program that was started to be measured, or to measure against. */
export interface Program {
  pid: number;
  /** Resolves to the first line on its standard output that the test accepts; rejects where it ends before. */
  line(accept: (text: string) => boolean): Promise<string>;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
}

/** Starts this Node with these arguments. */
export function startNode(...args: string[]): Program {
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  if (child.pid === undefined) throw new Error(`${args.join(' ')} could not be started`);
  const ended = once(child, 'exit');
  const lines = createInterface(child.stdout);
  return {
    pid: child.pid,
    line: (accept) =>
      new Promise((resolve, reject) => {
        lines.on('line', function look(text: string) {
          if (!accept(text)) return;
          lines.off('line', look);
          resolve(text);
        });
        ended.then(() => reject(new Error(`node ${args.join(' ')} ended too early`)), reject);
      }),
    async stop() {
      if (isRunning(child)) child.kill('SIGTERM');
      await ended;
    },
  };
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

/** What a process takes of the machine, in bytes and in seconds of a processor. */
export interface Usage {
  /** Pages in memory, shared ones whole. */
  resident: number;
  /** Shared pages counted in part, as by how many share them. */
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
  // The name of the program, in parentheses, may hold white space: the numbers follow it.
  const [, , , , , , , , , , , user, system] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
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
