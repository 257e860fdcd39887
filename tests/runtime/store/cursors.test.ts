import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { savingFor } from '../../../runtime/store/cursors.js';
import { type Database, openDatabase } from '../../../runtime/store/database.js';
import { everything } from '../../../runtime/store/port.js';
import { readingAt } from '../../suites/store-suite.js';
import { temporaryFolder } from './folder.js';

const start = Date.UTC(2026, 0, 1);
const clock = { monotonic: () => 0, now: () => start };
const uplink = 'city';

let folder: string;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder, 'readings.db');
});

function open(path = file): Database {
  const boot = { name: path, time: start, monotonic: 0 };
  return openDatabase({ file: path, boot, device: 'd', epoch: 'e', saving: 'with commits' }, clock);
}

function commit(database: Database, rows: number): number {
  const readings = Array.from({ length: rows }, (_, index) => readingAt(start + index, index));
  return database.commit({ readings, events: [], after: database.status().last }).last.readings;
}

/** The first row that an uplink would be given. */
const next = (database: Database) => database.lease(uplink, 'readings', 1, everything).rows[0]?.seq;

/** The same after a power cut now. */
function nextAfterPowerCut(): number | undefined {
  const copy = join(folder, 'copy.db');
  for (const end of ['', '-wal']) copyFileSync(`${file}${end}`, `${copy}${end}`);
  const database = open(copy);
  const first = next(database);
  database.close();
  return first;
}

describe('where commits are far apart, what an uplink has settled', () => {
  it('is known at once, and in the file with the next commit', () => {
    const database = open();
    commit(database, 10);
    database.settle(uplink, 'readings', { first: 1, last: 4 });
    database.settle(uplink, 'readings', { first: 8, last: 9 });
    expect(next(database)).toBe(5);
    expect(database.status().waiting[uplink]?.readings).toBe(4);
    expect(nextAfterPowerCut()).toBe(1);
    commit(database, 1);
    expect(nextAfterPowerCut()).toBe(5);
    database.settle(uplink, 'readings', { first: 5, last: 7 });
    commit(database, 1);
    expect(nextAfterPowerCut()).toBe(10);
    database.close();
  });

  it('is saved without a commit where it is much, so that little is sent twice', () => {
    const database = open();
    commit(database, 5_000);
    for (let first = 1; first <= 4_900; first += 100) {
      database.settle(uplink, 'readings', { first, last: first + 99 });
    }
    expect(nextAfterPowerCut()).toBeGreaterThan(3_500);
    database.close();
  });

  it('is saved when the database is closed', () => {
    const database = open();
    commit(database, 10);
    database.settle(uplink, 'readings', { first: 1, last: 10 });
    database.close();
    const again = open();
    expect(next(again)).toBeUndefined();
    again.close();
  });

  it('is saved by itself where commits come often', () => {
    expect(savingFor(10_000)).toBe('at once');
    expect(savingFor(60_000)).toBe('with commits');
  });
});
