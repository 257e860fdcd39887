import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { StoredEvent, StoredReading } from '../../../../runtime/reading.js';
import { connect } from '../../../../runtime/store/connection.js';
import { databaseOn } from '../../../../runtime/store/database.js';
import { healingDatabase } from '../../../../runtime/store/healing.js';
import { everything, type Log, type Salvage } from '../../../../runtime/store/port.js';
import { readWal } from '../../../../runtime/store/salvage/wal.js';
import { scratchFolder } from '../../../rigs/scratch.js';
import { randomFrom } from '../../../rigs/worn-card.js';
import { eventAt, readingAt } from '../../../suites/store-suite.js';

const start = Date.UTC(2026, 0, 1);
const clock = { monotonic: () => performance.now(), now: () => start };
const owner = { device: 'shelter-1', epoch: 'first' };
const file = join(scratchFolder(), 'readings.db');

/** Database and log as a power cut at some moment would leave them. */
interface Snapshot {
  main: Buffer;
  wal: Buffer;
  /** Greatest seqs that were committed, and may have been sent. */
  given: Record<Log, number>;
  /** The commits whose only traces are in the log, and where in it each of them ends. */
  inLog: { end: number; last: Record<Log, number> }[];
  /** Greatest seqs that are in the file. */
  inFile: Record<Log, number>;
  /** The file as it is when the log has been written back, where that was under way. */
  next: Buffer | undefined;
}

let history: { readings: StoredReading[]; events: StoredEvent[] };
const snapshots: Snapshot[] = [];

/** Four hundred commits, with the log written back every now and then; seqs are reserved in the middle of it. */
beforeAll(() => {
  const connection = connect(file, owner);
  const database = databaseOn(connection, { name: 'boot-1', time: start, monotonic: 0 }, clock);
  connection.sqlite.pragma('wal_autocheckpoint = 0');
  connection.sqlite.pragma('synchronous = OFF');
  const random = randomFrom(1);
  let inLog: Snapshot['inLog'] = [];
  let inFile: Snapshot['inFile'] = { readings: 0, events: 0 };
  let length = 0;

  const snapshot = (next?: Buffer): Snapshot => ({
    main: readFileSync(file),
    wal: existsSync(`${file}-wal`) ? readFileSync(`${file}-wal`) : Buffer.alloc(0),
    given: { ...database.status().last },
    inLog: [...inLog],
    inFile: { ...inFile },
    next,
  });

  for (let commit = 0; commit < 400; commit++) {
    const time = start + commit * 10_000;
    const { last } = database.commit({
      after: database.status().last,
      readings: Array.from({ length: 30 }, (_, index) =>
        readingAt(time + index, (commit * 31 + index * 7) % 40),
      ),
      events: random() < 0.1 ? [eventAt(time)] : [],
    });
    const end = readWal(readFileSync(`${file}-wal`))?.length ?? 0;
    // A reservation has emptied the log.
    if (end <= length) {
      inFile = inLog.at(-1)?.last ?? inFile;
      inLog = [];
    }
    length = end;
    inLog.push({ end, last });
    if (random() < 0.4) snapshots.push(snapshot());
    if (random() < 0.06) {
      const before = snapshot();
      connection.sqlite.pragma('wal_checkpoint(PASSIVE)');
      snapshots.push({ ...before, next: readFileSync(file) });
      inFile = last;
      snapshots.push(snapshot());
    }
  }
  history = {
    readings: database.read('readings', everything, 1e6),
    events: database.read('events', everything, 1e6),
  };
  database.close();
}, 60_000);

/** The file while the log is being written back: some pages are the new ones already. */
function halfWritten(main: Buffer, next: Buffer, random: () => number): Buffer {
  const half = Buffer.from(next);
  for (let at = 0; at < main.length; at += 512) {
    if (random() < 0.5) main.copy(half, at, at, Math.min(at + 512, main.length));
  }
  return random() < 0.5 ? half : half.subarray(0, Math.max(main.length, 512));
}

type Harm = 'none' | 'cut' | 'garbled' | 'lost';
const harms: readonly Harm[] = ['none', 'cut', 'cut', 'garbled', 'garbled', 'lost'];

/** Puts a snapshot back, harmed. @returns up to which byte the log is whole */
function restore({ main, wal, next }: Snapshot, harm: Harm, random: () => number): number {
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
  writeFileSync(file, next ? halfWritten(main, next, random) : main);
  const at = Math.floor(random() * wal.length);
  const damaged = Buffer.from(wal);
  if (harm === 'garbled' && wal.length > 0) damaged.writeUInt8((damaged.readUInt8(at) + 1) % 256, at);
  if (harm !== 'lost') writeFileSync(`${file}-wal`, harm === 'cut' ? damaged.subarray(0, at) : damaged);
  return harm === 'none' ? wal.length : harm === 'lost' ? 0 : at;
}

const logs = ['readings', 'events'] as const;

/** Millions of readings are compared; going through them key by key would take most of the time. */
function isSame(one: StoredReading | StoredEvent | undefined, other: StoredReading | StoredEvent): boolean {
  if (!one || !('value' in one && 'value' in other)) return isDeepStrictEqual(one, other);
  const isSensed = one.value === other.value && one.raw === other.raw && one.quality === other.quality;
  const isThen = one.time === other.time && one.monotonic === other.monotonic;
  return isSensed && isThen && one.stream.id === other.stream.id;
}

const bySeq = (rows: readonly (StoredReading | StoredEvent)[]) => new Map(rows.map((row) => [row.seq, row]));

describe('a power cut at a random instant, and a log that was cut, garbled or lost', () => {
  it('is tried at instants of every kind', () => {
    expect(snapshots.length).toBeGreaterThan(100);
    expect(snapshots.filter(({ next }) => next).length).toBeGreaterThan(10);
    expect(history.readings.length).toBe(12_000);
    expect(history.events.length).toBeGreaterThan(20);
  });

  const seeds = Array.from({ length: 300 }, (_, seed) => seed);
  it.each(Array.from({ length: 15 }, (_, group) => seeds.slice(group * 20, group * 20 + 20)))(
    'leaves every whole transaction before the damage, and no seq is given twice (seeds from %i)',
    (...group) => {
      for (const seed of group) {
        const random = randomFrom(seed);
        const inHalf = snapshots.filter(({ next }) => next);
        const pool = random() < 0.3 ? inHalf : snapshots;
        const snapshot = pool[Math.floor(random() * pool.length)];
        if (!snapshot) throw new Error('there is no snapshot');
        const whole = restore(snapshot, harms[Math.floor(random() * harms.length)] ?? 'none', random);

        const salvages: Salvage[] = [];
        const boot = { name: `after-${seed}`, time: start, monotonic: 0 };
        const options = { file, device: owner.device, epoch: 'another', boot };
        const database = healingDatabase(options, clock, (salvage) => salvages.push(salvage));
        const expected = snapshot.inLog.findLast(({ end }) => end <= whole)?.last ?? snapshot.inFile;
        const there = {
          readings: bySeq(database.perform('read', 'readings', everything, 1e6)),
          events: bySeq(database.perform('read', 'events', everything, 1e6)),
        };
        for (const log of logs) {
          const missing = history[log].filter(
            (row) => row.seq <= expected[log] && !isSame(there[log].get(row.seq), row),
          );
          expect([seed, log, missing.map(({ seq }) => seq)]).toEqual([seed, log, []]);
        }

        const { epoch, last } = database.perform('status');
        expect(epoch).toBe(owner.epoch);
        const more = { after: last, readings: [readingAt(start, 1)], events: [eventAt(start)] };
        const given = database.perform('commit', more).last;
        const ledger = database.perform('ledger', { most: 1_000 });
        const own = bySeq(database.perform('read', 'events', everything, 1e6));
        for (const log of logs) {
          expect(given[log]).toBeGreaterThan(snapshot.given[log]);
          const rows = { readings: there.readings, events: own }[log];
          const isExplained = (seq: number) =>
            ledger.some((entry) => entry.log === log && entry.first <= seq && seq <= entry.last);
          const lost = Array.from({ length: given[log] - 1 }, (_, index) => index + 1).filter(
            (seq) => !rows.has(seq) && !isExplained(seq),
          );
          expect([seed, log, lost]).toEqual([seed, log, []]);
        }
        database.perform('close');
      }
    },
  );
});
