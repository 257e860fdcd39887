import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import type { StoredReading } from '../../../../runtime/reading.js';
import { type HealingDatabase, healingDatabase } from '../../../../runtime/store/healing.js';
import { everything, type Salvage } from '../../../../runtime/store/port.js';
import { damagedFile, newFile } from '../../../../runtime/store/salvage/set-aside.js';
import { scratchFolder } from '../../../rigs/scratch.js';
import { lackingForSmallDisk, smallDisk } from '../../../rigs/small-disk.js';
import { makeUsedDatabase, used } from '../../../rigs/used-database.js';
import { copyDatabase } from '../../../rigs/worn-card.js';
import { eventAt, readingAt } from '../../../suites/store-suite.js';

const original = join(scratchFolder(), 'original.db');
beforeAll(() => makeUsedDatabase(original));

let now = 0;
const clock = { monotonic: () => now, now: () => used.start + now };

function open(file: string): { database: HealingDatabase; salvages: Salvage[] } {
  const salvages: Salvage[] = [];
  const boot = { name: 'later', time: used.start, monotonic: 0 };
  const options = { file, device: used.device, epoch: 'another', boot };
  const database = healingDatabase(options, clock, (salvage) => salvages.push(salvage));
  return { database, salvages };
}

const readingsOf = (database: HealingDatabase) =>
  database.perform('read', 'readings', everything, 1e6) as StoredReading[];

/** A copy whose first page is gone: all rows are left, and SQLite takes it for no database. */
function damagedCopy(folder: string): string {
  const file = join(folder, 'readings.db');
  copyDatabase(original, file);
  loseFirstPage(file);
  return file;
}

function loseFirstPage(file: string): void {
  writeFileSync(file, readFileSync(file).fill(0, 0, 512));
}

/** What another program has changed is read anew: until then the damage could hide behind a cache. */
function forgetPages(file: string): void {
  const other = new Sqlite(file);
  for (const change of [1, -1]) other.exec(`UPDATE rolled SET seq = seq + ${change}`);
  other.close();
}

const databasesIn = (folder: string) => readdirSync(folder).filter((name) => !/-(wal|shm)$/.test(name));

describe('a salvage that the power ends', () => {
  it.each([
    ['when only the file was set aside', (file: string) => renameSync(file, damagedFile(file))],
    [
      'while the new file was being made',
      (file: string) => {
        renameSync(file, damagedFile(file));
        writeFileSync(newFile(file), readFileSync(damagedFile(file)).subarray(0, 7_000));
        writeFileSync(`${newFile(file)}-journal`, 'half');
      },
    ],
    [
      'when the new file was in its place and the damaged one had no date yet',
      (file: string) => {
        renameSync(file, damagedFile(file));
        open(file).database.perform('close');
        const [kept = ''] = readdirSync(dirname(file)).filter((name) => name.includes('.damaged-'));
        renameSync(join(dirname(file), kept), damagedFile(file));
      },
    ],
  ])('%s is gone through with at the next start', (_, interrupt) => {
    const file = damagedCopy(scratchFolder());
    interrupt(file);
    const { database } = open(file);
    expect(readingsOf(database)).toHaveLength(used.readings);
    expect(database.perform('status').epoch).toBe(used.epoch);
    database.perform('close');
    expect(databasesIn(dirname(file))).toEqual([
      basename(file),
      expect.stringMatching(/^readings\.db\.damaged-\d{8}T\d{6}Z$/),
    ]);
  });

  it('takes the log along that the power left behind', () => {
    const file = join(scratchFolder(), 'readings.db');
    copyDatabase(original, file);
    const { database } = open(file);
    const { last } = database.perform('status');
    database.perform('commit', { after: last, readings: [readingAt(used.start, 7)], events: [] });
    const copy = join(scratchFolder(), 'readings.db');
    copyDatabase(file, copy);
    database.perform('close');

    loseFirstPage(copy);
    renameSync(copy, damagedFile(copy));
    const again = open(copy);
    expect(readingsOf(again.database).at(-1)).toMatchObject({ seq: last.readings + 1, value: 7 });
    again.database.perform('close');
  });
});

const lacking = lackingForSmallDisk();
const mustRun = process.env.CI === 'true';
if (lacking.length > 0)
  console.warn(`A salvage on a full disk is NOT TESTED for want of: ${lacking.join('; ')}.`);

describe.skipIf(lacking.length > 0 && !mustRun)('a salvage without room for a second file', () => {
  const full = {
    code: 'STORE_UNUSABLE',
    hint: expect.stringContaining('The disk is full'),
  };

  it('leaves everything as it is, and succeeds when there is room', () => {
    const disk = smallDisk(1_000_000);
    const file = damagedCopy(disk.folder);
    disk.fill();
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(() => open(file)).toThrow(expect.objectContaining(full));
      expect(databasesIn(disk.folder)).toEqual(['ballast', 'readings.db.damaged']);
    }
    disk.empty();
    const { database, salvages } = open(file);
    expect(salvages).toMatchObject([{ kept: { readings: used.readings } }]);
    expect(readingsOf(database)).toHaveLength(used.readings);
    database.perform('close');
  });

  it('is tried again, but not at once, where the damage is found while the database is in use', () => {
    const disk = smallDisk(1_000_000);
    const file = join(disk.folder, 'readings.db');
    copyDatabase(original, file);
    const { database, salvages } = open(file);
    const { last } = database.perform('status');
    const batch = { after: last, readings: [readingAt(used.start, 7)], events: [eventAt(used.start)] };
    database.perform('commit', batch);
    forgetPages(file);
    writeFileSync(file, readFileSync(file).fill(0, 40 * 512, 60 * 512));
    disk.fill();
    now += 3_600_000;

    const attempt = () => database.perform('read', 'readings', everything, 1e6);
    expect(attempt).toThrow(expect.objectContaining(full));
    disk.empty();
    now += 30_000;
    expect(attempt).toThrow(expect.objectContaining(full));
    now += 31_000;
    const rows = readingsOf(database);
    expect(rows.at(-1)).toMatchObject({ seq: last.readings + 1, value: 7 });
    expect(salvages).toMatchObject([{ sameEpoch: true, kept: { readings: rows.length } }]);
    expect(rows.length).toBeGreaterThan(1_000);
    database.perform('close');
  });

  it('takes the place of what is kept from earlier damage, if need be', () => {
    const size = readFileSync(original).length;
    const disk = smallDisk(4 * size);
    const file = damagedCopy(disk.folder);
    const kept = `${damagedFile(file)}-20250101T000000Z`;
    for (const older of [kept, `${kept}-2`]) writeFileSync(older, readFileSync(original));
    writeFileSync(join(disk.folder, 'others'), Buffer.alloc(Math.floor(size / 2), 1));
    const { database } = open(file);
    expect(readingsOf(database)).toHaveLength(used.readings);
    database.perform('close');
    expect(databasesIn(disk.folder)).toEqual([
      'others',
      'readings.db',
      expect.stringMatching(/^readings\.db\.damaged-2026/),
    ]);
  });
});
