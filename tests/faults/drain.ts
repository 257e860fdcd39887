import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../drivers/ports.js';
import { startMosquitto } from '../rigs/mosquitto.js';
import { fillDatabase, residentMemory, tally } from './backlog.js';
import { databaseOf, openField, writeSite } from './field.js';
import { type MortalShelter, startMortalShelter } from './mortal-shelter.js';
import { createReceiver } from './receiver.js';
import { atLeast, below, none, type Section, tells, whole } from './section.js';

export interface DrainPlan {
  /** How many readings wait. */
  rows: number;
  /** Most of them sent per second. */
  backlogRate: number;
  /** Most of them in one message. */
  batch: number;
}

export interface DrainParts {
  /** Folder of the built project. */
  root: string;
  seed: number;
  clock: Clock;
  onProgress(text: string): void;
}

/** Between two looks at the memory, in ms. */
const between = 250;

/** SDS011 of two streams each. */
const sensors = 5;

const device = 'fault-rig';

/** A drain that takes longer, in ms, has failed. */
const patience = 900_000;

/** Starts a shelter on a database full of readings that were never sent, and watches it send them. */
export async function drainBacklog(plan: DrainPlan, parts: DrainParts): Promise<Section> {
  const { root, seed, clock, onProgress } = parts;
  const pause = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  const folder = await mkdtemp(join(tmpdir(), 'ushelter-backlog-'));
  const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true })];
  try {
    const filling = clock.monotonic();
    fillDatabase(device, databaseOf(folder), plan.rows);
    const filled = clock.monotonic() - filling;
    onProgress(`${whole(plan.rows)} readings wait`);

    const field = await openField(sensors, seed, clock);
    closing.push(field.close);
    const broker = await startMosquitto(['allow_anonymous true', 'max_queued_messages 0']);
    closing.push(broker.close);
    const waiting = tally(plan.rows);
    const delays: number[] = [];
    let messages = 0;
    let arrived = 0;
    const receiver = createReceiver({
      broker: broker.port,
      device,
      onMessage(log, payload) {
        if (log !== 'readings') return;
        messages++;
        for (const { seq, time } of readPack(payload)) {
          if (waiting.count(seq)) arrived++;
          else delays.push(clock.now() - time);
        }
      },
    });
    await receiver.attach();
    closing.push(receiver.close);
    const site = await writeSite({
      folder,
      device,
      name: 'site',
      sensors: field.sensors,
      broker: broker.port,
      store: { commitInterval: '500 ms' },
      uplink: { batch: plan.batch, backlogRate: plan.backlogRate },
    });

    const start = clock.monotonic();
    const since = () => clock.monotonic() - start;
    const shelter = startMortalShelter({ root, site });
    closing.push(() => shelter.end('SIGKILL'));
    const [stored, answered] = await Promise.all([
      shelter.commits(1).then(since),
      firstAnswer(shelter).then(since),
    ]);
    const memory: number[] = [];
    while (arrived < plan.rows && since() < patience) {
      memory.push(await residentMemory(shelter.pid));
      if (memory.length % 80 === 0) onProgress(`${whole(arrived)} readings have arrived`);
      await pause(between);
    }
    const drained = since();
    // A delivery that its cursor had not heard of would come again now.
    await pause(1_000);
    const { code, complaints } = await shelter.end('SIGTERM');
    return {
      title: 'backlog',
      about: `A database with ${whole(plan.rows)} readings that were never sent (ten streams every 10 s) is given to a shelter
whose five SDS011 report every second. It commits within 500 ms, and sends up to ${whole(plan.backlogRate)} readings of the
backlog per second, in messages of ${whole(plan.batch)}; usual are 500 per second. Mosquitto, the sensors and the receiver share
the machine with it. MB are 10^6 bytes.`,
      facts: [
        tells('time to make the database', `${Math.round(filled / 1_000)} s`),
        below('first reading stored, since the start of the process', stored / 1_000, 2, 's'),
        below('API has answered, since the start of the process', answered / 1_000, 2, 's'),
        below('resident memory while it drains, greatest', Math.max(...memory) / 1e6, 120, 'MB'),
        tells('— median', `${Math.round(median(memory) / 1e6)} MB`),
        {
          ...atLeast(
            'fresh readings that arrived meanwhile',
            delays.length,
            Math.floor((drained / 1_000) * 5),
          ),
          measured: true,
        },
        below('delay of a fresh reading from sample to city, greatest', Math.max(...delays) / 1_000, 2, 's'),
        tells('— median', `${Math.round(median(delays))} ms`),
        none('readings of the backlog that never arrived', waiting.missing()),
        tells('— that arrived again', waiting.again()),
        tells('duration of the drain', `${Math.round(drained / 1_000)} s`),
        tells('readings per second', (1_000 * plan.rows) / drained),
        tells('messages', messages),
      ],
      complaints: [
        ...receiver.complaints(),
        ...(code === 0 ? [] : [`The shelter ended with ${code} when it was asked to stop.`]),
        ...(complaints ? [complaints] : []),
      ],
    };
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

/** Resolves when the API has answered for the first time. */
async function firstAnswer(shelter: MortalShelter): Promise<void> {
  const response = await fetch(`${await shelter.url}/api/v1/now`);
  await response.json();
}

interface Sent {
  seq: number;
  /** Wall time in ms. */
  time: number;
}

/** Only what is asked of millions of records. */
function readPack(payload: Uint8Array): Sent[] {
  const records = JSON.parse(new TextDecoder().decode(payload)) as { bt?: number; t?: number; seq: number }[];
  const base = records[0]?.bt ?? 0;
  return records.map(({ t = 0, seq }) => ({ seq, time: (base + t) * 1_000 }));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
