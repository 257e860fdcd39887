import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { connect, shape } from '../../../runtime/store/connection.js';
import { type Batch, type Database, databaseOn, openDatabase } from '../../../runtime/store/database.js';
import { migrate } from '../../../runtime/store/migrations.js';
import { everything } from '../../../runtime/store/port.js';
import { copyDatabase } from '../../rigs/worn-card.js';
import { readingAt } from '../../suites/store-suite.js';
import { temporaryFolder } from './folder.js';

const start = Date.UTC(2026, 0, 1);
const clock = { monotonic: () => 0, now: () => start };
const boot = { name: 'boot-1', time: start, monotonic: 0 };
const owner = { device: 'shelter-1', epoch: 'e1' };

let file: string;
beforeEach(() => {
  file = join(temporaryFolder(), 'readings.db');
});

const open = (options: Partial<Parameters<typeof openDatabase>[0]> = {}) =>
  openDatabase({ file, boot, ...owner, ...options }, clock);

/** What `work` throws. */
function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('it did not throw');
}

function batch(after: number, ...values: number[]): Batch {
  return {
    after: { readings: after, events: 0 },
    events: [],
    readings: values.map((value) => readingAt(start + value, value)),
  };
}

function values(database: Database): (number | null)[] {
  return database.lease('reader', 'readings', 10_000, everything).rows.map(({ value }) => value);
}

/** Does something to the file behind the program's back. */
function behindItsBack(work: (sqlite: Sqlite.Database) => void): void {
  const sqlite = new Sqlite(file);
  work(sqlite);
  sqlite.close();
}

describe('opening', () => {
  it('makes the folder and the file', () => {
    file = join(temporaryFolder(), 'a', 'b', 'readings.db');
    open().close();
    expect(existsSync(file)).toBe(true);
  });

  it('keeps the epoch that was drawn when the file was made', () => {
    open({ epoch: 'first' }).close();
    const database = open({ epoch: 'second' });
    expect(database.status().epoch).toBe('first');
    database.close();
  });

  it('writes nothing to a database that is there', () => {
    open().close();
    const before = readFileSync(file);
    open({ boot: { ...boot, name: 'boot-2' } }).close();
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it.each([
    ['before it had a table', () => {}],
    ['when its tables were in the log alone', migrate],
  ])('goes on where the power went while the file was made: %s', (_moment, make) => {
    const sqlite = new Sqlite(join(temporaryFolder(), 'unfinished.db'));
    shape(sqlite);
    sqlite.pragma('journal_mode = WAL');
    make(sqlite);
    copyDatabase(sqlite.name, file);
    sqlite.close();
    const database = open();
    expect(database.status().salvaged).toBeNull();
    database.commit(batch(0, 1, 2));
    expect(values(database)).toEqual([1, 2]);
    database.close();
  });

  it('refuses the database of another device', () => {
    open().close();
    const error = thrownBy(() => open({ device: 'shelter-2' }));
    expect(error).toMatchObject({ code: 'STORE_UNUSABLE', hint: expect.stringContaining('`id`') });
    expect(String(error)).toContain('shelter-1');
  });

  it('refuses a database that a newer program has made', () => {
    open().close();
    behindItsBack((sqlite) => sqlite.pragma('user_version = 999'));
    const error = thrownBy(() => open());
    expect(error).toMatchObject({ code: 'STORE_UNUSABLE', hint: expect.stringContaining('newer') });
    expect(String(error)).toContain('999');
  });

  it('says of a file that is no database where it is and what to do', () => {
    writeFileSync(file, 'not a database, but long enough to be taken for one '.repeat(50));
    const error = thrownBy(() => open());
    expect(error).toMatchObject({ code: 'STORE_UNUSABLE', hint: expect.stringContaining('move it aside') });
    expect(String(error)).toContain(file);
    expect(String(error)).toContain('SQLITE_NOTADB');
  });

  it('says of a folder in the place of the file where it is and what to do', () => {
    mkdirSync(file);
    const error = thrownBy(() => open());
    expect(error).toMatchObject({ code: 'STORE_UNUSABLE', hint: expect.stringContaining('may write') });
    expect(String(error)).toContain(file);
  });
});

describe('a commit', () => {
  it('that is asked for twice, as after a crash before its answer, is done once', () => {
    const database = open();
    const once = database.commit(batch(0, 1, 2));
    expect(database.commit(batch(0, 1, 2)).last).toEqual(once.last);
    database.close();
    const again = open();
    expect(again.commit(batch(0, 1, 2)).last).toEqual(once.last);
    expect(values(again)).toEqual([1, 2]);
    again.close();
  });

  it('is told from the same readings of another boot', () => {
    const database = open();
    database.commit(batch(0, 1, 2));
    database.close();
    const next = open({ boot: { ...boot, name: 'boot-2' } });
    next.commit(batch(0, 1, 2));
    expect(values(next)).toEqual([1, 2, 1, 2]);
    next.close();
  });

  it('is whole or not at all when the disk is full, and works again when there is room', () => {
    const connection = connect(file, owner);
    const database = databaseOn(connection, boot, clock);
    const many = batch(0, ...Array.from({ length: 5_000 }, (_, value) => value));
    connection.sqlite.pragma('max_page_count = 40');
    expect(thrownBy(() => database.commit(many))).toMatchObject({
      code: 'STORE_UNUSABLE',
      hint: expect.stringContaining('disk is full'),
    });
    expect(database.status().last).toEqual({ readings: 0, events: 0 });
    connection.sqlite.pragma('max_page_count = 1000000');
    expect(database.commit(many).last.readings).toBe(5_000);
    expect(values(database)).toHaveLength(5_000);
    database.close();
  });

  it('of ten readings writes less than half a block of the card, checkpoints aside', () => {
    const database = open();
    for (let commit = 0; commit < 100; commit++) {
      const tens = Array.from({ length: 10 }, (_, index) => commit * 10 + index);
      database.commit(batch(commit * 10, ...tens));
    }
    const wal = statSync(`${file}-wal`).size;
    database.close();
    expect(wal / 100).toBeLessThan(4_096 / 2);
  });
});

describe('a seq', () => {
  it('is not given again after the newest rows were deleted, by whomever', () => {
    const database = open();
    database.commit(batch(0, 1, 2));
    database.commit(batch(2, 3, 4));
    database.close();
    behindItsBack((sqlite) => sqlite.exec('DELETE FROM readings WHERE seq >= 3'));
    const again = open({ boot: { ...boot, name: 'boot-2' } });
    expect(again.status().last.readings).toBe(4);
    expect(again.commit(batch(4, 5)).last.readings).toBe(5);
    expect(values(again)).toEqual([1, 2, 5]);
    again.close();
  });

  it('is not given again after all rows were deleted', () => {
    const database = open();
    database.commit(batch(0, 1, 2));
    behindItsBack((sqlite) => sqlite.exec('DELETE FROM readings'));
    expect(database.commit(batch(2, 3)).last.readings).toBe(3);
    database.lease('city', 'readings', 1, everything);
    expect(database.status().waiting.city).toEqual({ readings: 1, events: 0 });
    database.close();
  });
});
