import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { systemClock } from '../../drivers/bindings/system-clock.js';
import type { Reading } from '../../runtime/reading.js';
import { openStore } from '../../runtime/store/store.js';
import { wander } from '../rigs/wandering-sensors.js';
import { type Bench, median } from './bench.js';
import { type Effort, effortOf } from './effort.js';

/** Of one round. */
const rows = 300_000;

/** As the store commits at most. */
const perCommit = 1_000;

/** Given to the store at once. */
const atOnce = 50_000;

/** The first is for warming up. */
const rounds = 6;

/** How fast readings become committed rows. */
export const ingest: Bench = {
  name: 'ingest',
  about: `${rows.toLocaleString('en')} readings of ten streams, from append() until the last of them is committed by the store's thread, rolled
up as it goes; beside better-sqlite3 alone, which inserts the same readings as rows of a plain table. Both in WAL with
synchronous FULL and ${perCommit.toLocaleString('en')} readings in a transaction, one after the other on the disk of the checkout; medians of ${rounds - 1} rounds.`,
  async measure(root) {
    const readings = wander(rows);
    const ours: Effort[] = [];
    const plain: Effort[] = [];
    for (let round = 0; round < rounds; round++) {
      plain.push(await inFolder(root, (file) => insertPlainly(file, readings)));
      ours.push(await inFolder(root, (file) => store(file, readings)));
    }
    const each = (efforts: readonly Effort[], of: (effort: Effort) => number) =>
      median(efforts.slice(1).map(of));
    const perSecond = ({ seconds }: Effort) => rows / seconds;
    const cpu = ({ cpu }: Effort) => (1_000 * cpu) / (rows / 1_000);
    const alone = 'better-sqlite3 alone';
    return [
      {
        what: 'readings committed',
        value: each(ours, perSecond),
        unit: '/s',
        reference: { what: alone, value: each(plain, perSecond) },
        aim: '≥ × 0.6',
      },
      {
        what: 'CPU time for 1,000 readings',
        value: each(ours, cpu),
        unit: 'ms',
        reference: { what: alone, value: each(plain, cpu) },
      },
    ];
  },
};

async function inFolder<T>(root: string, work: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(root, 'node_modules/.cache/ingest-'));
  try {
    return await work(join(folder, 'readings.db'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function store(file: string, readings: readonly Reading[]): Promise<Effort> {
  const opened = await openStore({ file, device: 'shelter', commitInterval: 10_000, clock: systemClock });
  const effort = await effortOf(async () => {
    for (let at = 0; at < rows; at += atOnce) {
      opened.append(readings.slice(at, at + atOnce));
      await opened.flush();
    }
  });
  await opened.close();
  return effort;
}

async function insertPlainly(file: string, readings: readonly Reading[]): Promise<Effort> {
  const sqlite = new Sqlite(file);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.exec(`CREATE TABLE readings (
    seq INTEGER PRIMARY KEY, stream TEXT NOT NULL, time INTEGER NOT NULL, monotonic INTEGER NOT NULL,
    value REAL, raw REAL, quality INTEGER NOT NULL)`);
  const insert = sqlite.prepare<unknown[]>(
    'INSERT INTO readings (stream, time, monotonic, value, raw, quality) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const commit = sqlite.transaction((batch: readonly Reading[]) => {
    for (const { stream, time, monotonic, value, raw, quality } of batch) {
      insert.run(stream.id, time, monotonic, value, raw, quality);
    }
  });
  const effort = await effortOf(async () => {
    for (let at = 0; at < readings.length; at += perCommit) commit(readings.slice(at, at + perCommit));
  });
  sqlite.close();
  return effort;
}
