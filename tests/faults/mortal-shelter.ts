import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { Commit } from '../../runtime/store/port.js';

/** `ushelter run` in a process of its own, which may die at any moment. */
export interface MortalShelter {
  readonly pid: number;
  /** Where its API listens. Rejects where it ends before it says so. */
  url: Promise<string>;
  /** Resolves when it has told so many commits. */
  commits(count: number): Promise<void>;
  /** Sends a signal, and waits until it has ended. */
  end(signal: NodeJS.Signals): Promise<Ended>;
  readonly ended: Promise<Ended>;
}

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** What it said on standard error. */
  complaints: string;
}

export interface ShelterParts {
  /** Folder of the built project. */
  root: string;
  site: string;
  onCommit?: (commit: Commit) => void;
  env?: Readonly<Record<string, string>>;
}

export function startMortalShelter({
  root,
  site,
  onCommit = () => {},
  env = {},
}: ShelterParts): MortalShelter {
  const teller = pathToFileURL(`${root}/tests/rigs/tell-commits.mjs`).href;
  const args = ['--import', teller, `${root}/dist/runtime/cli/main.js`, 'run', '--config', site];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let told = 0;
  let complaints = '';
  let countdowns: { count: number; resolve: () => void }[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  createInterface(streamOf(child, 3)).on('line', (line) => {
    const commit = parseLine<Commit>(line);
    if (!commit) return;
    told++;
    onCommit(commit);
    for (const { count, resolve } of countdowns) if (told >= count) resolve();
    countdowns = countdowns.filter(({ count }) => told < count);
  });
  const ended = once(child, 'close').then(([code, signal]): Ended => ({ code, signal, complaints }));
  const log = createInterface(streamOf(child, 1));
  const url = new Promise<string>((resolve, reject) => {
    log.on('line', (line) => {
      const { url } = parseLine<{ url?: string }>(line) ?? {};
      if (url) resolve(url);
    });
    void ended.then(() => reject(new Error(`The shelter ended too early.\n${complaints}`)));
  });
  url.catch(() => {});

  return {
    pid: child.pid ?? 0,
    url,
    ended,
    commits: (count) =>
      new Promise((resolve) => {
        if (told >= count) resolve();
        else countdowns.push({ count, resolve });
      }),
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

function streamOf(child: ChildProcess, descriptor: number): Readable {
  return child.stdio[descriptor] as Readable;
}

/** A killed process may leave half a line. */
function parseLine<T>(line: string): T | undefined {
  try {
    return JSON.parse(line) as T;
  } catch {
    return undefined;
  }
}
