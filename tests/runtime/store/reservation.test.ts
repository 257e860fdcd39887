import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { connect } from '../../../runtime/store/connection.js';
import { type Batch, databaseOn } from '../../../runtime/store/database.js';
import { readMeta } from '../../../runtime/store/meta.js';
import { readingAt } from '../../suites/store-suite.js';
import { temporaryFolder } from './folder.js';

const start = Date.UTC(2026, 0, 1);
const clock = { monotonic: () => 0, now: () => start };

/** Up to which seq the file itself says that seqs may have been given, as if its log were lost. */
function reservedInFile(file: string): number | undefined {
  const copy = `${file}.copy`;
  copyFileSync(file, copy);
  const sqlite = new Sqlite(copy);
  try {
    return readMeta(sqlite)?.reserved?.readings;
  } finally {
    sqlite.close();
  }
}

it('a reservation that another program kept out of the file gets there as soon as that lets go', () => {
  const file = join(temporaryFolder(), 'readings.db');
  const connection = connect(file, { device: 'shelter-1', epoch: 'first' });
  connection.sqlite.pragma('busy_timeout = 0');
  const database = databaseOn(connection, { name: 'boot-1', time: start, monotonic: 0 }, clock);
  const commit = (seq: number, more: Pick<Batch, 'dropped'> = {}) => {
    const after = database.status().last;
    const batch: Batch = { after, readings: [readingAt(start, seq)], events: [], ...more };
    expect(database.commit(batch).last.readings).toBe(seq);
  };
  commit(1);
  const first = reservedInFile(file) ?? 0;
  expect(first).toBeGreaterThan(1);

  const reader = new Sqlite(file, { readonly: true });
  const reading = reader.prepare('SELECT 1 FROM meta').iterate();
  reading.next();
  const moment = { time: start, monotonic: 0 };
  commit(first + 2, { dropped: { readings: { count: first, least: moment, greatest: moment } } });
  expect(reservedInFile(file)).toBe(first);
  reading.return?.();
  reader.close();
  commit(first + 3);
  expect(reservedInFile(file)).toBeGreaterThan(first + 3);
  database.close();
});
