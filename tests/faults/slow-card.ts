import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Clock } from '../../drivers/ports.js';
import type { Commit } from '../../runtime/store/port.js';
import { startMosquitto } from '../rigs/mosquitto.js';
import { findProgram } from '../rigs/programs.js';
import { startRudeBroker } from '../rigs/rude-broker.js';
import { readCard } from './card.js';
import { databaseOf, openField, writeSite } from './field.js';
import { startMortalShelter } from './mortal-shelter.js';
import { atLeast, below, type Fact, type Section, tells, whole } from './section.js';

export interface SlowCardPlan {
  situations: readonly SituationName[];
  /** In ms: after the first commit of a shelter, and how long is then measured. */
  settling: number;
  measured: number;
}

export interface SlowCardParts {
  /** Folder of the built project. */
  root: string;
  seed: number;
  clock: Clock;
  onProgress(text: string): void;
}

/** What the card and the broker of a shelter do to it. */
interface Situation {
  broker: () => Promise<{ port: number; close(): Promise<void> }>;
  /** Added to each fsync, in ms. */
  fsync: number;
}

export const situations = {
  'all is well': { broker: () => startMosquitto(), fsync: 0 },
  'each fsync takes 500 ms longer': { broker: () => startMosquitto(), fsync: 500 },
  'the broker never answers': { broker: () => startRudeBroker('says nothing'), fsync: 0 },
  'the broker lets it in, and acknowledges nothing': {
    broker: () => startRudeBroker('accepts and says nothing more'),
    fsync: 0,
  },
} satisfies Record<string, Situation>;

export type SituationName = keyof typeof situations;

/** The C compiler that the slow card needs. */
export const compiler = findProgram('cc');

/** SDS011 of two streams each. */
const sensors = 5;

const device = 'fault-rig';

/** Measures whether a slow card or a broker that does not answer holds up the event loop. */
export async function waitForCard(plan: SlowCardPlan, parts: SlowCardParts): Promise<Section> {
  const folder = await mkdtemp(join(tmpdir(), 'ushelter-slow-'));
  try {
    const shim = await compileShim(parts.root, folder);
    const facts: Fact[] = [];
    for (const name of plan.situations) {
      parts.onProgress(name);
      facts.push(...(await observe(name, plan, shim, parts)));
    }
    return {
      title: 'slow-card',
      about: `How late the event loop of the runtime is while five SDS011 report every second and commits come within
500 ms, over ${plan.measured / 1_000} s each. The fsync is made slow by a library that is preloaded into the process.`,
      facts,
      complaints: [],
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function compileShim(root: string, folder: string): Promise<string> {
  if (!compiler) throw new Error('There is no C compiler.');
  const shim = join(folder, 'slow-fsync.so');
  const source = join(root, 'tests/rigs/slow-fsync.c');
  await promisify(execFile)(compiler, ['-shared', '-fPIC', '-o', shim, source, '-ldl']);
  return shim;
}

async function observe(
  name: SituationName,
  { settling, measured }: SlowCardPlan,
  shim: string,
  parts: SlowCardParts,
): Promise<Fact[]> {
  const { root, seed, clock } = parts;
  const { broker, fsync } = situations[name];
  const pause = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  const folder = await mkdtemp(join(tmpdir(), 'ushelter-slow-'));
  const field = await openField(sensors, seed, clock);
  const { port, close } = await broker();
  const site = await writeSite({
    folder,
    device,
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
    await Promise.race([shelter.commits(1), shelter.ended]);
    await pause(settling);
    const before = { frames: field.frames(), time: clock.now() };
    await pause(measured);
    const after = { frames: field.frames(), time: clock.now() };
    const delay = shelter.delay() ?? { p50: Number.NaN, p99: Number.NaN, most: Number.NaN };
    await shelter.end('SIGTERM');
    const samples = readCard(device, databaseOf(folder), folder).rows.filter(
      ({ content, time }) => /\/pm10 [\d.]+$/.test(content) && time > before.time && time <= after.time,
    );
    const took = commits.map((commit) => commit.took).sort((a, b) => a - b);
    return [
      tells(`**${name}**: commits`, commits.length),
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
