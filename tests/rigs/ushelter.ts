import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterFile } from './clean-up.js';

/** The built program, in a process of its own, as people run it. */

export const program = fileURLToPath(new URL('../../dist/runtime/cli/main.js', import.meta.url));

/** How a program ended, and all that it said. */
export interface Ended {
  /** Null where a signal ended it. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface RunningProgram {
  /**
   * The first match in all that it has said or will say on standard output. Rejects with what it said, where it ends
   * without one.
   */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Writes a line to its standard input. */
  tell(line: string): void;
  /** Sends a signal, and waits until it has ended. */
  end(signal: NodeJS.Signals): Promise<Ended>;
  readonly ended: Promise<Ended>;
}

export interface Surroundings {
  /** Beside this process's own variables. */
  env?: Readonly<Record<string, string>>;
}

/** Starts a command; what still runs after the tests of the file is killed. */
export function startUshelter(args: readonly string[], surroundings: Surroundings = {}): RunningProgram {
  const { child, said, ended } = launch(args, surroundings);

  return {
    ended,
    says(pattern) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(said.stdout);
          if (!match) return;
          child.stdout.off('data', look);
          resolve(match);
        };
        child.stdout.on('data', look);
        look();
        void ended.then((end) => reject(new Error(`It ended without ${pattern}: ${JSON.stringify(end)}`)));
      });
    },
    tell: (line) => void child.stdin.write(`${line}\n`),
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** Runs a command to its end. @param input what it finds on standard input */
export function ushelter(
  args: readonly string[],
  { input = '', ...surroundings }: Surroundings & { input?: string | Uint8Array } = {},
): Promise<Ended> {
  const { child, ended } = launch(args, surroundings);
  child.stdin.end(input);
  return ended;
}

function launch(args: readonly string[], { env }: Surroundings) {
  const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, ...env } });
  const said = { stdout: '', stderr: '' };
  afterFile(() => child.kill('SIGKILL'));
  // A program that ends without reading all of its input has not failed.
  child.stdin.on('error', () => {});
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text) => {
      said[name] += text;
    });
  }
  const ended = once(child, 'close').then(([code, signal]): Ended => ({ code, signal, ...said }));
  return { child, said, ended };
}

/** The environment of a program that finds these packages not installed. */
export function without(...packages: string[]): Record<string, string> {
  const hook = new URL('./without-packages.mjs', import.meta.url).href;
  return { NODE_OPTIONS: `--import=${hook}`, WITHOUT_PACKAGES: packages.join(',') };
}
