import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { systemClock } from '../../drivers/bindings/system-clock.js';
import { windowCache } from '../../runtime/life/window-cache.js';
import { hour } from '../../runtime/life/windows.js';
import type { Reading } from '../../runtime/reading.js';
import type { Store } from '../../runtime/store/port.js';
import { openStore } from '../../runtime/store/store.js';
import { fillDatabase } from '../rigs/filled-database.js';
import { cadence, streamCount, wander } from '../rigs/wandering-sensors.js';
import { type Bench, median } from './bench.js';

const device = 'shelter';
const hours = 24;

/** The first is for warming up. */
const rounds = 12;

/** What it costs to know the past hours. */
export const windows: Bench = {
  name: 'windows',
  about: `${hours} h of ${streamCount} streams every ${cadence / 1_000} s in the store: the means of their whole hours and of the past 60 minutes, for all streams, out of the
store's thread; as after a start, and as every 30 s from then on, when the whole hours are known. Beside better-sqlite3
alone on a plain table with an index, which takes the same means of all ${hours} hours from the rows. One after the other;
medians of ${rounds - 1} rounds.`,
  async measure(root) {
    const folder = await mkdtemp(join(root, 'node_modules/.cache/windows-'));
    const readings = wander((hours * hour * streamCount) / cadence);
    const file = join(folder, 'readings.db');
    fillDatabase(file, device, readings);
    const plain = openPlain(join(folder, 'plain.db'), readings);
    const store = await openStore({ file, device, commitInterval: 10_000, clock: systemClock });
    try {
      return await measureWindows(store, plain, readings);
    } finally {
      plain.close();
      await store.close();
      await rm(folder, { recursive: true });
    }
  },
};

async function measureWindows(store: Store, plain: PlainTable, readings: readonly Reading[]) {
  const streams = [...new Set(readings.map(({ stream }) => stream.id))].map((stream) => ({
    stream,
    interval: cadence,
  }));
  const now = (readings.at(-1)?.time ?? 0) + cadence;
  const taken = { anew: [] as number[], again: [] as number[], plain: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    let monotonic = 0;
    const clock = { now: () => now, monotonic: () => monotonic };
    const cache = windowCache({ store: () => store, clock, commitInterval: 10_000 });
    monotonic = afterSettling;
    taken.plain.push(await milliseconds(async () => plain.means(streams, now)));
    taken.anew.push(await milliseconds(() => cache.refresh(streams)));
    taken.again.push(await milliseconds(() => cache.refresh(streams)));
    requireWhole(streams.map(({ stream }) => cache.of(stream).hours));
  }
  const of = (each: readonly number[]) => median(each.slice(1));
  const reference = { what: 'better-sqlite3 alone', value: of(taken.plain) };
  return [
    { what: `${streamCount} windows of ${hours} h, read anew`, value: of(taken.anew), unit: 'ms', reference },
    { what: '— the past 60 minutes alone', value: of(taken.again), unit: 'ms', reference },
  ];
}

/** In ms: from then on a cache trusts what it has read. */
const afterSettling = 200_000;

/** What is measured must be what it says. */
function requireWhole(windows: readonly (readonly (number | undefined)[])[]): void {
  const short = windows.some((means) => means.slice(0, hours).includes(undefined));
  if (windows.length !== streamCount || short) throw new Error('A window lacks hours.');
}

interface PlainTable {
  /** Hourly means of each stream, and that of its past 60 minutes. */
  means(streams: readonly { stream: string }[], now: number): number;
  close(): void;
}

function openPlain(file: string, readings: readonly Reading[]): PlainTable {
  const sqlite = new Sqlite(file);
  sqlite.pragma('journal_mode = WAL');
  sqlite.exec(
    'CREATE TABLE readings (stream TEXT NOT NULL, time INTEGER NOT NULL, value REAL, quality INTEGER)',
  );
  const insert = sqlite.prepare<unknown[]>('INSERT INTO readings VALUES (?, ?, ?, ?)');
  sqlite.transaction(() => {
    for (const { stream, time, value, quality } of readings) insert.run(stream.id, time, value, quality);
  })();
  sqlite.exec('CREATE INDEX by_stream ON readings (stream, time)');
  const means = sqlite.prepare<unknown[]>(
    `SELECT time / ${hour} AS hour, avg(value), count(*) FROM readings
      WHERE stream = ? AND time >= ? AND time < ? AND quality = 1 GROUP BY hour`,
  );
  const mean = sqlite.prepare<unknown[]>(
    'SELECT avg(value), count(*) FROM readings WHERE stream = ? AND time >= ? AND time <= ? AND quality = 1',
  );
  return {
    means(streams, now) {
      let rows = 0;
      for (const { stream } of streams) {
        rows += means.all(stream, now - (hours + 1) * hour, now).length;
        rows += mean.all(stream, now - hour, now).length;
      }
      return rows;
    },
    close: () => sqlite.close(),
  };
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
