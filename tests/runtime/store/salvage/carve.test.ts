import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { migrate, newestVersion } from '../../../../runtime/store/migrations.js';
import { readTreePage } from '../../../../runtime/store/salvage/btree.js';
import { carver } from '../../../../runtime/store/salvage/carve.js';
import { openPages } from '../../../../runtime/store/salvage/pages.js';
import { type Field, readRecord } from '../../../../runtime/store/salvage/record.js';
import { shapesOf } from '../../../../runtime/store/salvage/shapes.js';
import { readWal } from '../../../../runtime/store/salvage/wal.js';
import { temporaryFolder } from '../folder.js';

const shapes = shapesOf(newestVersion);

let file: string;
beforeEach(() => {
  file = join(temporaryFolder(), 'readings.db');
});

function makeDatabase(pageSize: number): Sqlite.Database {
  const sqlite = new Sqlite(file);
  sqlite.pragma(`page_size = ${pageSize}`);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('wal_autocheckpoint = 0');
  sqlite.pragma('foreign_keys = OFF');
  sqlite.pragma('synchronous = OFF');
  migrate(sqlite);
  return sqlite;
}

/** All rows of a table that can be carved out of a file, without SQLite. */
function carved(from: string, table: string): Field[][] {
  const pages = openPages(from);
  try {
    const carving = carver(pages, shapes);
    const rows = new Map<unknown, Field[]>();
    for (const page of carving.pages()) {
      for (const found of carving.at(page)) {
        if (found.table !== table) continue;
        for (const row of found.rows) if (!rows.has(row[0])) rows.set(row[0], row);
      }
    }
    return [...rows.values()].sort((a, b) => Number(a[0]) - Number(b[0]));
  } finally {
    pages.close();
  }
}

const text = fc.string({ maxLength: 3_000, unit: 'binary' }).filter((each) => !each.includes('\0'));
const event = fc.tuple(
  fc.integer({ min: 0, max: 2 ** 40 }),
  fc.maxSafeInteger(),
  fc.maxSafeInteger(),
  text,
  text,
  text,
);

describe('carving a whole database', () => {
  it.each([512, 1_024, 4_096])('gives every row as SQLite does, with pages of %i bytes', (pageSize) => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), fc.boolean(), (events, inLog) => {
        file = join(temporaryFolder(), 'readings.db');
        const sqlite = makeDatabase(pageSize);
        const insert = sqlite.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)');
        for (const [index, row] of events.entries()) insert.run(1 + index * 7, ...row);
        if (!inLog) sqlite.pragma('wal_checkpoint(TRUNCATE)');
        const expected = sqlite.prepare('SELECT * FROM events ORDER BY seq').raw().all();
        expect(carved(file, 'events')).toEqual(expected);
        sqlite.close();
      }),
      { numRuns: 30 },
    );
  });
});

describe('a write-ahead log that was cut or garbled', () => {
  it('is read up to where SQLite reads it, in 300 cases', () => {
    const sqlite = makeDatabase(512);
    const insert = sqlite.prepare('INSERT INTO events VALUES (?, 1, 2, 3, ?, ?, ?)');
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
    for (let seq = 1; seq <= 60; seq++) insert.run(seq, 'button.pressed', 'help', '{}'.padEnd(seq * 20));
    const wal = readFileSync(`${file}-wal`);
    const copy = join(temporaryFolder(), 'copy.db');

    fc.assert(
      fc.property(
        fc.nat({ max: wal.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        (at, change, cut) => {
          copyFileSync(file, copy);
          const damaged = Buffer.from(wal);
          damaged.writeUInt8((damaged[at] ?? 0) ^ change, at);
          writeFileSync(`${copy}-wal`, damaged);
          if (cut) truncateSync(`${copy}-wal`, at);
          const ours = carved(copy, 'events').map(([seq]) => seq);
          const opened = new Sqlite(copy);
          opened.pragma('synchronous = OFF');
          const theirs = opened.prepare('SELECT seq FROM events ORDER BY seq').pluck().all();
          opened.close();
          expect(ours).toEqual(theirs);
        },
      ),
      { numRuns: 300 },
    );
    sqlite.close();
  });
});

describe('bytes of any kind', () => {
  const bytes = fc.uint8Array({ maxLength: 2_048 });

  it('never make the readers throw', () => {
    fc.assert(
      fc.property(bytes, (some) => {
        readRecord(some);
        readWal(some);
      }),
    );
  });

  it('never make the reader of pages throw, whatever page they were', () => {
    const kind = fc.constantFrom(0x02, 0x05, 0x0a, 0x0d);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 512, maxLength: 512 }), kind, (page, first) => {
        page[0] = first;
        readTreePage(page, { isFirst: false, overflow: () => page });
      }),
      { numRuns: 500 },
    );
  });
});
