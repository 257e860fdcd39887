import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { type Clock, inTime } from '../supervision/clock.js';
import { type DevTools, speakDevTools } from './devtools.js';

/** A browser that runs, in a profile that nobody had before. */
export interface ChromiumProcess {
  devtools: DevTools;
  /** Ends it, and takes away its profile. */
  close(): Promise<void>;
}

export interface ChromiumProcessParts {
  program: string;
  flagsFor(profile: string): readonly string[];
  /** Below it the profile is made. */
  folder: string;
  clock: Clock;
  /** It has ended, and nobody asked for it. */
  onGone(): void;
}

/** How long it may take to leave, in ms, before it is killed. */
const leave = 3_000;

export async function startChromiumProcess(parts: ChromiumProcessParts): Promise<ChromiumProcess> {
  const { program, flagsFor, folder, clock, onGone } = parts;
  const profile = await mkdtemp(join(folder, 'ushelter-kiosk-'));
  const child = spawn(program, flagsFor(profile), {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  let isClosing = false;
  const gone = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  void gone.then(async () => {
    if (!isClosing) onGone();
    await removeProfile();
  });
  const [, , , input, output] = child.stdio;
  const devtools = speakDevTools(input as Writable, output as Readable);

  /** What it has started may write for a moment longer. */
  function removeProfile(): Promise<void> {
    return rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => {});
  }

  return {
    devtools,
    async close() {
      isClosing = true;
      devtools.send('Browser.close').catch(() => {});
      await inTime(clock, leave, gone, undefined);
      child.kill('SIGKILL');
      await gone;
      await removeProfile();
    },
  };
}
