import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { quality } from '../../../config/catalogue/quality.js';
import type { Reading } from '../../../runtime/reading.js';
import { type Database, openDatabase } from '../../../runtime/store/database.js';
import { migrate, newestVersion } from '../../../runtime/store/migrations.js';
import { everything } from '../../../runtime/store/port.js';
import { eventAt, humidity, readingAt, temperature } from '../../suites/store-suite.js';
import { temporaryFolder } from './folder.js';

const start = Date.UTC(2026, 0, 1);
const minute = 60_000;
const schema = readFileSync(fileURLToPath(new URL('fixtures/version-1.sql', import.meta.url)), 'utf8');

/** The last version whose table of readings has a row for each. */
const lastWithSingles = 3;

let file: string;
beforeEach(() => {
  file = join(temporaryFolder(), 'readings.db');
});

/** As the program of a version made it, with pages of 4 KiB. */
function makeDatabase(version: number): Sqlite.Database {
  const sqlite = new Sqlite(file);
  sqlite.pragma('page_size = 4096');
  sqlite.pragma('journal_mode = WAL');
  sqlite.exec(schema);
  migrate(sqlite, version);
  return sqlite;
}

/** Seqs 1 to 3000 with a hole, of two boots, with everything that a row can be. */
function fill(sqlite: Sqlite.Database): (Reading & { seq: number })[] {
  sqlite.exec(`
    INSERT INTO meta (device, epoch) VALUES ('shelter-1', 'old');
    INSERT INTO boots VALUES (1, 'first', ${start}, 0), (2, 'second', ${start}, 0);
    INSERT INTO streams VALUES (1, 'air', 'temperature', 'Cel'), (2, 'air', 'humidity', '%RH');
    INSERT INTO cursors VALUES ('city', 'readings', 1200);
    INSERT INTO events VALUES (7, 2, 5, ${start + 5}, 'button.pressed', 'help', '{"presses":1,"held":false}');
  `);
  const insert = sqlite.prepare('INSERT INTO readings VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const rows = Array.from({ length: 3_000 }, (_, index) => rowOf(index + 1)).filter(
    ({ seq }) => seq < 500 || seq > 520,
  );
  const insertAll = sqlite.transaction(() => {
    for (const { seq, stream, monotonic, time, value, raw, quality: flag } of rows) {
      const stored = raw === value ? null : (raw ?? 'none');
      const boot = seq > 2_000 ? 2 : 1;
      insert.run(seq, stream === temperature ? 1 : 2, boot, monotonic, time, value, stored, flag);
    }
  });
  insertAll();
  return rows;
}

function rowOf(seq: number): Reading & { seq: number } {
  const time = start + seq * 500;
  const stream = seq % 2 ? temperature : humidity;
  const value = seq % 50 === 0 ? null : (seq % 300) / 10;
  if (seq % 70 === 0) return { ...readingAt(time, value, { stream, raw: null }), seq };
  if (seq % 90 === 0)
    return { ...readingAt(time, value, { stream, raw: 85.25, quality: quality.fail }), seq };
  return { ...readingAt(time, value, { stream }), seq };
}

function open(): Database {
  const boot = { name: 'third', time: start, monotonic: 0 };
  return openDatabase(
    { file, device: 'shelter-1', epoch: 'new', boot },
    { monotonic: () => 0, now: () => start },
  );
}

it('the first step still makes what version 1 made', () => {
  const schemaOf = (sqlite: Sqlite.Database) =>
    sqlite.prepare<[], string>('SELECT sql FROM sqlite_schema WHERE sql NOTNULL ORDER BY name').pluck().all();
  const [old, now] = [new Sqlite(':memory:'), new Sqlite(':memory:')];
  old.exec(schema);
  migrate(now, 1);
  expect(schemaOf(now)).toEqual(schemaOf(old));
});

describe.each(Array.from({ length: lastWithSingles }, (_, index) => index + 1))(
  'a database of version %i',
  (version) => {
    it('keeps every row, every cursor and its name', () => {
      const sqlite = makeDatabase(version);
      const rows = fill(sqlite);
      sqlite.close();
      const database = open();
      while (database.tidy());
      expect(database.status()).toMatchObject({
        epoch: 'old',
        last: { events: 7 },
        waiting: { city: { readings: 1_800, events: 1 } },
      });
      expect(database.lease('other', 'readings', 10_000, everything).rows).toEqual(rows);
      expect(database.lease('other', 'events', 10, everything).rows).toEqual([
        { ...eventAt(start + 5), seq: 7 },
      ]);
      database.close();
    });

    it('gives the same history, and goes on with seqs that were never given', () => {
      const sqlite = makeDatabase(version);
      const rows = fill(sqlite);
      sqlite.close();
      const database = open();
      const query = {
        stream: 'air/temperature',
        from: start + 61_000,
        to: start + 20 * minute,
        most: 10_000,
      };
      const inside = rows.filter(
        ({ stream, time }) => stream === temperature && time >= query.from && time < query.to,
      );
      expect(database.history(query).map(({ time, value }) => [time, value])).toEqual(
        inside.map(({ time, value }) => [time, value]),
      );
      const means = database.history({ ...query, every: 10 * minute });
      const readings = [readingAt(start + 21 * minute, 1)];
      const { last } = database.commit({ readings, events: [], after: { readings: 3_000, events: 7 } });
      expect(last.readings).toBeGreaterThan(3_000);
      while (database.tidy());
      expect(database.history({ ...query, every: 10 * minute })).toEqual(means);
      database.close();
    });

    it('is written anew in small pages that can be given back, and takes less room', () => {
      const sqlite = makeDatabase(version);
      fill(sqlite);
      sqlite.pragma('wal_checkpoint(TRUNCATE)');
      sqlite.close();
      const before = statSync(file).size;
      open().close();
      const after = new Sqlite(file, { readonly: true });
      const figure = (name: string) => after.pragma(name, { simple: true });
      expect([figure('page_size'), figure('auto_vacuum'), figure('user_version')]).toEqual([
        512,
        2,
        newestVersion,
      ]);
      expect(figure('integrity_check')).toBe('ok');
      expect(figure('freelist_count')).toBeLessThan(100);
      after.close();
      expect(statSync(file).size).toBeLessThan(before / 2);
    });
  },
);
