import { spawn } from 'node:child_process';
import { ShelterError } from '../../config/errors.js';
import type { Clock } from '../../drivers/ports.js';

/** A program that reads text and writes what it makes of it. */
export interface Program {
  name: string;
  args: readonly string[];
  /** How long it may take, in ms. */
  patience: number;
  /** How many bytes it may write. */
  most: number;
  /** What a technician can do where it is not installed. */
  hint: string;
}

/** How much of a program's complaint is passed on, in characters. */
const complaintLength = 200;

/** Resolves to what the program writes; rejects with SPEECH_UNAVAILABLE or SPEECH_FAILED. No shell has a part in it. */
export function runProgram(program: Program, input: string, clock: Clock): Promise<Buffer> {
  const { name, args, patience, most, hint } = program;
  return new Promise((resolve, reject) => {
    const written: Buffer[] = [];
    let bytes = 0;
    let complaint = '';

    const environment = { PATH: process.env.PATH, LANG: 'C.UTF-8' };
    const child = spawn(name, args, { stdio: 'pipe', shell: false, env: environment });
    const cancel = clock.after(patience, () => give(`it took longer than ${patience / 1_000} s`));

    function give(why: string): void {
      cancel();
      child.kill('SIGKILL');
      reject(new ShelterError('SPEECH_FAILED', `${name} cannot speak: ${why}`));
    }

    child.once('error', (error) => {
      cancel();
      const isMissing = 'code' in error && error.code === 'ENOENT';
      reject(
        isMissing
          ? new ShelterError('SPEECH_UNAVAILABLE', `${name} is not installed`, { cause: error, hint })
          : new ShelterError('SPEECH_FAILED', `${name} cannot be started: ${error.message}`, {
              cause: error,
            }),
      );
    });
    child.once('close', (code) => {
      if (code !== 0) return give(complaint.trim() || `it ended with ${code}`);
      cancel();
      resolve(Buffer.concat(written));
    });
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > most) give(`it wrote more than ${most} bytes`);
      else written.push(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      complaint = (complaint + chunk).slice(0, complaintLength);
    });
    // One that ends before it has read everything says so by how it ends.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
