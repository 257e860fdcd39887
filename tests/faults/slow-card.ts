import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Clock } from '../../drivers/ports.js';
import type { Commit } from '../../runtime/store/port.js';
import { startMosquitto } from '../rigs/mosquitto.js';
import { startRudeBroker } from '../rigs/rude-broker.js';
import { readCard } from './card.js';
import { databaseOf, openField, writeSite } from './field.js';
import { startMortalShelter } from './mortal-shelter.js';
import { atLeast, below, type Fact, type Section, tells, whole } from './section.js';

export interface SlowCardParts {
  /** Folder of the built project. */
  root: string;
  seed: number;
  clock: Clock;
  onProgress(text: string): void;
}

/** What one of the two things a shelter depends on does to it. */
interface Situation {
  about: string;
  broker: () => Promise<{ port: number; close(): Promise<void> }>;
  /** Added to each fsync, in ms. */
  fsync: number;
}

const situations: readonly Situation[] = [
  { about: 'all is well', broker: () => startMosquitto(), fsync: 0 },
  { about: 'each fsync takes 500 ms longer', broker: () => startMosquitto(), fsync: 500 },
  { about: 'the broker accepts and never answers', broker: () => startRudeBroker('says nothing'), fsync: 0 },
];

/** In ms: after the start, and how long is then measured. */
const settling = 8_000;
const measured = 40_000;

/** SDS011 of two streams each. */
const sensors = 5;

/** Measures whether a slow card or a broker that does not answer holds up the event loop. */
export async function waitForCard(parts: SlowCardParts): Promise<Section> {
  const folder = await mkdtemp(join(tmpdir(), 'ushelter-slow-'));
  try {
    const shim = await compileShim(parts.root, folder);
    const facts: Fact[] = [];
    for (const situation of situations) {
      parts.onProgress(situation.about);
      facts.push(...(await observe(situation, shim, parts)));
    }
    return {
      title: 'slow card',
      about: `How late the event loop of the runtime is while five SDS011 report every second and commits come within
500 ms, over ${measured / 1_000} s each. The fsync is made slow by a library that is preloaded into the process.`,
      facts,
      complaints: [],
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function compileShim(root: string, folder: string): Promise<string> {
  const shim = join(folder, 'slow-fsync.so');
  await promisify(execFile)('cc', [
    '-shared',
    '-fPIC',
    '-o',
    shim,
    join(root, 'tests/rigs/slow-fsync.c'),
    '-ldl',
  ]);
  return shim;
}

async function observe(
  { about, broker, fsync }: Situation,
  shim: string,
  parts: SlowCardParts,
): Promise<Fact[]> {
  const { root, seed, clock } = parts;
  const pause = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  const folder = await mkdtemp(join(tmpdir(), 'ushelter-slow-'));
  const field = await openField(sensors, seed, clock);
  const { port, close } = await broker();
  const site = await writeSite({
    folder,
    name: 'site',
    sensors: field.sensors,
    broker: port,
    store: { commitInterval: '500 ms' },
  });
  const commits: Commit[] = [];
  const shelter = startMortalShelter({
    root,
    site,
    onCommit: (commit) => commits.push(commit),
    preloads: ['tell-delay.mjs'],
    env: { LD_PRELOAD: shim, SLOW_FSYNC_MS: String(fsync) },
  });
  try {
    await pause(settling);
    const before = { frames: field.frames(), time: clock.now() };
    await pause(measured);
    const after = { frames: field.frames(), time: clock.now() };
    const delay = shelter.delay() ?? { p50: Number.NaN, p99: Number.NaN, most: Number.NaN };
    await shelter.end('SIGTERM');
    const samples = readCard(databaseOf(folder), folder).rows.filter(
      ({ content, time }) => /\/pm10 [\d.]+$/.test(content) && time > before.time && time <= after.time,
    );
    const took = commits.map((commit) => commit.took).sort((a, b) => a - b);
    return [
      tells(`**${about}**: commits`, commits.length),
      ...(fsync > 0
        ? [atLeast('duration of a commit in ms, least', took[0] ?? 0, fsync)]
        : [tells('duration of a commit, median', `${whole(took[took.length >> 1] ?? 0)} ms`)]),
      tells('event loop late, median', `${delay.p50.toFixed(1)} ms`),
      below('event loop late, p99', delay.p99, 20, 'ms'),
      tells('event loop late, greatest', `${delay.most.toFixed(1)} ms`),
      tells('frames that the sensors sent meanwhile', after.frames - before.frames),
      // One frame of each sensor may lie on either side of the beginning and of the end.
      atLeast('of them committed as samples', samples.length, after.frames - before.frames - sensors),
    ];
  } finally {
    await shelter.end('SIGKILL');
    await close();
    await field.close();
    await rm(folder, { recursive: true });
  }
}
