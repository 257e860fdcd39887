import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
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
  /** How late its event loop has been, as it told last; only with the preload that tells. */
  delay(): Delay | undefined;
  /** Sends a signal, and waits until it has ended. */
  end(signal: NodeJS.Signals): Promise<Ended>;
  readonly ended: Promise<Ended>;
}

/** Quantiles, in ms. */
export interface Delay {
  p50: number;
  p99: number;
  most: number;
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
  /** Modules of tests/rigs that it loads before its own. */
  preloads?: readonly string[];
  env?: Readonly<Record<string, string>>;
}

export function startMortalShelter(parts: ShelterParts): MortalShelter {
  const { root, site, onCommit = () => {}, preloads = [], env = {} } = parts;
  const imports = ['tell-commits.mjs', ...preloads].map(
    (name) => `--import=${pathToFileURL(`${root}/tests/rigs/${name}`).href}`,
  );
  const program = `${root}/dist/runtime/cli/main.js`;
  const args = [...flagsOf(program), ...imports, program, 'run', '--config', site];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
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
  let delay: Delay | undefined;
  createInterface(streamOf(child, 4)).on('line', (line) => {
    delay = parseLine<Delay>(line) ?? delay;
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
    delay: () => delay,
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

/** What the first line of a program has Node started with. */
function flagsOf(program: string): string[] {
  const [first = ''] = readFileSync(program, 'utf8').split('\n', 1);
  return first.split(' ').filter((word) => word.startsWith('--'));
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
