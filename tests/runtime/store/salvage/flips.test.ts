import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { StoredEvent, StoredReading } from '../../../../runtime/reading.js';
import type { DatabaseOptions } from '../../../../runtime/store/database.js';
import { type HealingDatabase, healingDatabase } from '../../../../runtime/store/healing.js';
import { newestVersion } from '../../../../runtime/store/migrations.js';
import { everything, type LedgerEntry, type Salvage } from '../../../../runtime/store/port.js';
import { carver } from '../../../../runtime/store/salvage/carve.js';
import { openPages } from '../../../../runtime/store/salvage/pages.js';
import { shapesOf } from '../../../../runtime/store/salvage/shapes.js';
import { scratchFolder } from '../../../rigs/scratch.js';
import { makeUsedDatabase, used } from '../../../rigs/used-database.js';
import { copyDatabase, flipBytes, randomFrom } from '../../../rigs/worn-card.js';
import { eventAt, readingAt } from '../../../suites/store-suite.js';

const { start } = used;
const clock = { monotonic: () => performance.now(), now: () => start };

const folder = scratchFolder();
const original = join(folder, 'original.db');
const file = join(folder, 'readings.db');

const optionsFor = (path: string, name: string): DatabaseOptions => ({
  file: path,
  device: used.device,
  epoch: `drawn in ${name}`,
  boot: { name, time: start, monotonic: 0 },
});

interface Rows {
  readings: StoredReading[];
  events: StoredEvent[];
}

function allRows(database: Pick<HealingDatabase, 'perform'>): Rows {
  const readings = database.perform('lease', 'reader', 'readings', 1e6, everything).rows as StoredReading[];
  const events = database.perform('lease', 'reader', 'events', 1e6, everything).rows as StoredEvent[];
  return { readings, events };
}

/** On which pages what lies. */
interface Places {
  readings: Map<number, number>;
  events: Map<number, number>;
  /** The pages that say what the streams are called. */
  streams: Set<number>;
  /** Bytes per page. */
  size: number;
}

function placesIn(path: string): Places {
  const pages = openPages(path);
  const carving = carver(pages, shapesOf(newestVersion));
  const where: Places = { readings: new Map(), events: new Map(), streams: new Set(), size: pages.size };
  for (const page of carving.pages()) {
    for (const { table, rows } of carving.at(page)) {
      if (table === 'streams') where.streams.add(page);
      for (const [seq, , , count] of rows as number[][]) {
        if (table === 'events') where.events.set(Number(seq), page);
        for (let row = 0; table === 'readings' && row < Number(count); row++) {
          where.readings.set(Number(seq) - row, page);
        }
      }
    }
  }
  pages.close();
  return where;
}

function open(path: string, name: string) {
  const salvages: Salvage[] = [];
  const database = healingDatabase(optionsFor(path, name), clock, (salvage) => salvages.push(salvage));
  return { database, salvages };
}

const seqsOf = (rows: readonly { seq: number }[]) => rows.map(({ seq }) => seq);

const isIn = (entries: readonly LedgerEntry[], log: string, seq: number) =>
  entries.some((entry) => entry.log === log && entry.first <= seq && seq <= entry.last);

const rowsIn = (entries: readonly LedgerEntry[], log: string) =>
  entries.filter((entry) => entry.log === log).reduce((sum, { before, after }) => sum + before - after, 0);

/** An event that the store has recorded itself, as it healed. */
const isOwn = (row: object) => 'source' in row && row.source === 'store';

let before: Rows;
let where: Places;
beforeAll(() => {
  makeUsedDatabase(original);
  const intact = open(original, 'reader');
  before = allRows(intact.database);
  intact.database.perform('close');
  where = placesIn(original);
});

describe('random bytes flipped in the database', () => {
  it('was made of enough pages to mean something', () => {
    expect(before.readings).toHaveLength(used.readings);
    expect(before.events).toHaveLength(used.events);
    expect(where.readings.size).toBe(used.readings);
    expect(new Set(where.readings.values()).size).toBeGreaterThan(20);
  });

  const seeds = Array.from({ length: 100 }, (_, seed) => seed);
  it.each(seeds)('leave every row of an undamaged page, and the rest is on record (seed %i)', (seed) => {
    const random = randomFrom(seed);
    copyDatabase(original, file);
    const flips = 1 + Math.floor(random() ** 2 * 60);
    const hit = new Set(flipBytes(file, flips, random).map((at) => Math.floor(at / where.size) + 1));

    // What a stream is called is not on the page of its readings.
    const areNamesHit = [...where.streams].some((page) => hit.has(page));
    const unnamed = (row: object | undefined) => (areNamesHit ? { ...row, stream: undefined } : row);

    const { database, salvages } = open(file, `after-${seed}`);
    allRows(database);
    while (database.perform('tidy'));
    const after = allRows(database);
    const status = database.perform('status');
    for (const log of ['readings', 'events'] as const) {
      const there = new Map(after[log].map((row) => [row.seq, row]));
      const isSafe = ({ seq }: { seq: number }) => !hit.has(where[log].get(seq) ?? 0);
      const isThere = (row: { seq: number }) => isDeepStrictEqual(unnamed(there.get(row.seq)), unnamed(row));
      expect(seqsOf(before[log].filter((row) => isSafe(row) && !isThere(row)))).toEqual([]);
    }

    // Not one value that was never sensed, nor at another time.
    const were = new Map(before.readings.map((row) => [row.seq, row]));
    const isTrue = (row: StoredReading) => isDeepStrictEqual(unnamed(were.get(row.seq)), unnamed(row));
    expect(seqsOf(after.readings.filter((row) => !isTrue(row)))).toEqual([]);

    const { last } = status;
    const commit = database.perform('commit', {
      after: last,
      readings: [readingAt(start, 1)],
      events: [eventAt(start)],
    });
    if (status.epoch === used.epoch) {
      expect(commit.last.readings).toBeGreaterThan(used.readings);
      expect(commit.last.events).toBeGreaterThan(used.events);
    }
    const ledger = database.perform('ledger', { most: 10_000 });
    for (const log of ['readings', 'events'] as const) {
      const there = new Set(after[log].map(({ seq }) => seq));
      const missing = before[log].filter(({ seq }) => !there.has(seq));
      expect(seqsOf(missing.filter(({ seq }) => !isIn(ledger, log, seq)))).toEqual([]);
      // What was lost after the last row that is left, nobody can count.
      const damaged = ledger.filter(({ what }) => what === 'damaged');
      const uncounted = missing.filter(({ seq }) => !isIn(damaged, log, seq));
      expect(
        seqsOf(uncounted.filter(({ seq }) => after[log].some((row) => row.seq > seq && !isOwn(row)))),
      ).toEqual([]);
      expect(rowsIn(damaged, log)).toBe(missing.length - uncounted.length);
    }
    for (const salvage of salvages) {
      expect(existsSync(salvage.file)).toBe(true);
      expect(after.events.some(({ kind }) => kind === 'store.salvaged')).toBe(true);
    }
    database.perform('close');
    const again = open(file, `again-${seed}`);
    expect(again.salvages).toEqual([]);
    expect(allRows(again.database).readings).toHaveLength(after.readings.length + 1);
    again.database.perform('close');
  });

  it('leave two damaged files at most, dated, and what they hold is the newest', () => {
    const kept = readdirSync(dirname(file)).filter((name) => /\.damaged-[\dTZ-]+$/.test(name));
    expect(kept.length).toBe(2);
    for (const name of kept)
      expect(name).toMatch(new RegExp(`^${basename(file)}\\.damaged-20260101T000000Z`));
    expect(statSync(join(dirname(file), kept[0] ?? '')).size).toBe(statSync(original).size);
  });
});

describe('a database that is no more than its rows', () => {
  it.each([
    ['its first page is gone', (path: string) => zero(path, 0, 512), (page: number) => page > 1],
    ['it ends in the middle', (path: string) => cut(path, 40 * 512 + 100), (page: number) => page <= 40],
  ])('is salvaged where %s', (_, harm, isLeft) => {
    copyDatabase(original, file);
    harm(file);
    const { database, salvages } = open(file, 'later');
    const left = before.readings.filter(({ seq }) => isLeft(where.readings.get(seq) ?? 0));
    expect(left.length).toBeGreaterThan(200);
    expect(seqsOf(allRows(database).readings)).toEqual(seqsOf(left));
    expect(salvages).toHaveLength(1);
    database.perform('close');
  });

  /** Each of these is enough to be refused, to be read as something else, or to stop at the first query. */
  it.each([16, 18, 19, 20, 21, 28, 44, 47, 56, 60, 62, 63, 100, 103, 105, 109, 300, 400, 500])(
    'is salvaged or opened where byte %i of its first page is wrong',
    (at) => {
      for (const wrong of [1, 5, 200]) {
        copyDatabase(original, file);
        const bytes = readFileSync(file);
        bytes.writeUInt8((bytes.readUInt8(at) + wrong) % 256, at);
        writeFileSync(file, bytes);
        const { database } = open(file, 'later');
        expect(isDeepStrictEqual(allRows(database).readings, before.readings)).toBe(true);
        expect(database.perform('status').epoch).toBe(used.epoch);
        database.perform('close');
      }
    },
  );

  it('counts as lost what nobody can say the stream of', () => {
    copyDatabase(original, file);
    zero(file, 0, 20 * 512);
    const { database, salvages } = open(file, 'later');
    expect(allRows(database).readings).toEqual([]);
    const [ledger] = database.perform('ledger', { most: 1 });
    expect(salvages).toMatchObject([{ kept: { readings: 0 } }]);
    expect(ledger).toMatchObject({ what: 'skipped' });
    database.perform('close');
  });

  it('is set aside and made anew where nothing of it is left', () => {
    copyDatabase(original, file);
    writeFileSync(file, Buffer.alloc(40_000));
    const { database, salvages } = open(file, 'later');
    expect(salvages).toMatchObject([{ kept: { readings: 0 }, sameEpoch: false }]);
    expect(database.perform('status').epoch).toBe('drawn in later');
    database.perform('close');
  });
});

function zero(path: string, from: number, length: number): void {
  const bytes = readFileSync(path);
  bytes.fill(0, from, from + length);
  writeFileSync(path, bytes);
}

function cut(path: string, length: number): void {
  writeFileSync(path, readFileSync(path).subarray(0, length));
}
