import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Quality, quality } from '../../config/catalogue/quality.js';
import type { Reading, StoredReading, Stream } from '../../runtime/reading.js';
import { type Database, openDatabase } from '../../runtime/store/database.js';
import { everything, type LedgerEntry } from '../../runtime/store/port.js';

/**
 * A shelter that nobody can reach for a long time, as fast as the database can take it: ten streams every 10 s, within
 * a quota, then a whole drain. What every reading was can be computed again, so everything is compared to the truth.
 */
export interface OfflineOptions {
  folder: string;
  days: number;
  /** In bytes. */
  quota: number;
  /** Rounds of ten readings in one commit. */
  rounds: number;
  /** Is told of each day that is over. */
  onDay?: (day: number) => void;
}

export interface OfflineReport {
  readings: number;
  /** The most that file and WAL ever were, in bytes, looked at after each commit and each step of upkeep. */
  greatestBytes: number;
  /** The longest that one step of upkeep took, in ms. */
  longestStep: number;
  bytesAfterDrain: number;
  /** What was drained: single readings, and means by their width in s. */
  singles: number;
  means: Record<string, number>;
  /** Readings that means stand for, as the ledger has it. */
  thinned: number;
  dropped: number;
  /** Greatest difference of a mean from the true one, as a share of it. */
  worstMean: number;
  /** The same for the means of whole days that history gives. */
  worstDay: number;
  daysInHistory: number;
  ledgerEntries: number;
  /** What is not as it must be; none where all is well. */
  complaints: string[];
}

const streamCount = 10;
const interval = 10_000;
const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);

const streams: Stream[] = Array.from({ length: streamCount }, (_, index) => ({
  id: `sensor-${index}/temperature`,
  sensor: `sensor-${index}`,
  property: 'temperature',
  unit: 'Cel',
}));

/** What a stream gave in a round: a day that warms and cools, some noise, some faults. */
function truth(stream: number, round: number): { value: number | null; quality: Quality } {
  const number = round * streamCount + stream;
  if (number % 1_009 === 0) return { value: null, quality: quality.missing };
  if (number % 997 === 0) return { value: 999, quality: quality.fail };
  const noise = (Math.imul(number, 2_654_435_761) >>> 16) % 20;
  const warmth = 20 + 8 * Math.sin((round * interval * 2 * Math.PI) / day);
  return { value: Math.round(10 * warmth + noise) / 10, quality: quality.pass };
}

/** Of the rounds after one up to and including another. */
function trueMean(stream: number, after: number, last: number): { mean: number; count: number } {
  let sum = 0;
  let count = 0;
  for (let round = after + 1; round <= last; round++) {
    const { value, quality: flag } = truth(stream, round);
    if (value === null || flag === quality.fail) continue;
    sum += value;
    count += 1;
  }
  return { mean: sum / count, count };
}

export function offline(options: OfflineOptions): OfflineReport {
  const { folder, days, quota, rounds, onDay = () => {} } = options;
  let now = start;
  const clock = { now: () => now, monotonic: () => now - start };
  const file = join(folder, 'readings.db');
  const boot = { name: 'boot', time: start, monotonic: 0 };
  const limits = { quota, keep: day };
  const database = openDatabase({ file, device: 'shelter', epoch: 'e', boot, limits }, clock);
  const complaints: string[] = [];
  const allRounds = Math.round((days * day) / interval);
  let greatestBytes = 0;
  let longestStep = 0;
  let last = 0;

  function look(): void {
    greatestBytes = Math.max(greatestBytes, bytesOf(file));
  }

  function tidy(): void {
    for (let more = true; more; look()) {
      const before = performance.now();
      more = database.tidy();
      longestStep = Math.max(longestStep, performance.now() - before);
    }
  }

  function commit(from: number, to: number): void {
    const readings: Reading[] = [];
    for (let round = from; round < to; round++) {
      now = start + round * interval;
      for (const [index, stream] of streams.entries()) {
        const { value, quality: flag } = truth(index, round);
        readings.push({ stream, time: now, monotonic: now - start, value, raw: value, quality: flag });
      }
    }
    last = database.commit({ readings, events: [], after: { readings: last, events: 0 } }).last.readings;
    look();
    tidy();
  }

  database.lease('city', 'readings', 1, everything);
  database.settle('city', 'readings', { first: 1, last: 0 });
  for (let round = 0; round < allRounds; round += rounds) {
    commit(round, Math.min(round + rounds, allRounds));
    const daysBefore = Math.floor((round * interval) / day);
    const daysNow = Math.floor(((round + rounds) * interval) / day);
    if (daysNow > daysBefore) onDay(daysNow);
  }
  if (greatestBytes > quota) complaints.push(`${greatestBytes} bytes are more than ${quota}`);

  const { daysInHistory, worstDay } = compareDays(database, days);
  const entries = ledgerOf(database);
  const fate = fatesOf(entries, last, complaints);
  const waiting = database.status().waiting.city?.readings ?? 0;
  const drained = drain(database, fate, complaints, tidy);
  if (waiting !== drained.rows) complaints.push(`${waiting} rows waited and ${drained.rows} came`);
  compareEvents(database, entries, complaints);

  const oneMoreDay = allRounds + (2 * day) / interval;
  for (let round = allRounds; round < oneMoreDay; round += rounds) {
    commit(round, Math.min(round + rounds, oneMoreDay));
    database.settle('city', 'readings', { first: 1, last });
  }
  const bytesAfterDrain = bytesOf(file);
  database.close();

  return {
    readings: allRounds * streamCount,
    greatestBytes,
    longestStep,
    bytesAfterDrain,
    singles: drained.singles,
    means: drained.means,
    thinned: countOf(fate, fates.minute) + countOf(fate, fates.tenMinutes),
    dropped: countOf(fate, fates.dropped),
    worstMean: drained.worst,
    worstDay,
    daysInHistory,
    ledgerEntries: entries.length,
    complaints,
  };
}

/** What became of each seq. */
const fates = { there: 0, minute: 1, tenMinutes: 2, dropped: 3 };

/**
 * Reads the ledger from the mildest to the hardest: each seq is thinned once, to the wider means only after that, and
 * dropped once.
 */
function fatesOf(entries: readonly LedgerEntry[], last: number, complaints: string[]): Uint8Array {
  const fate = new Uint8Array(last + 1);
  const becomes = ({ what, width }: LedgerEntry) =>
    what === 'dropped' ? fates.dropped : width === 60_000 ? fates.minute : fates.tenMinutes;
  const ofReadings = entries.filter(({ log }) => log === 'readings');
  for (const entry of ofReadings.toSorted((a, b) => becomes(a) - becomes(b))) {
    const { id, what, first, last: end, before } = entry;
    const next = becomes(entry);
    let strange = what === 'released' || what === 'damaged' ? 1 : 0;
    for (let seq = first; seq <= end; seq++) {
      const was = fate[seq] ?? fates.dropped;
      if (was >= next || (next === fates.tenMinutes && was !== fates.minute)) strange += 1;
      fate[seq] = next;
    }
    if (next === fates.minute && before !== end - first + 1) strange += 1;
    if (strange > 0) complaints.push(`entry ${id} (${what}, ${first} to ${end}) is strange`);
  }
  return fate;
}

/** Takes everything that waits, as an uplink does, and compares it to the truth. */
function drain(database: Database, fate: Uint8Array, complaints: string[], tidy: () => void) {
  const means: Record<string, number> = {};
  /** Of each stream, the round of the newest reading that is accounted for. */
  const accounted = streams.map((_, index) => lastRoundDropped(fate, index));
  let singles = 0;
  let worst = 0;
  let before = 0;

  function take({ seq, stream, time, value, quality: flag, mean }: StoredReading): void {
    if (seq <= before) complaints.push(`${seq} came after ${before}`);
    before = seq;
    const index = (seq - 1) % streamCount;
    const round = (seq - 1 - index) / streamCount;
    if (!mean) {
      const expected = truth(index, round);
      const isRight =
        stream.id === streams[index]?.id &&
        value === expected.value &&
        flag === expected.quality &&
        time === start + round * interval;
      if (!isRight || fate[seq] !== fates.there) complaints.push(`reading ${seq} is not what it was`);
      if (accounted[index] !== round - 1) complaints.push(`nothing stands for what came before ${seq}`);
      accounted[index] = round;
      singles += 1;
      return;
    }
    const { width, count } = mean;
    if (fate[seq] !== (width === 60_000 ? fates.minute : fates.tenMinutes)) {
      complaints.push(`mean ${seq} is not what the ledger says`);
    }
    means[width / 1_000] = (means[width / 1_000] ?? 0) + 1;
    const expected = trueMean(index, accounted[index] ?? 0, round);
    accounted[index] = round;
    const isWithin = time % width === 0 && start + round * interval < time + width;
    if (count !== expected.count || !isWithin) complaints.push(`mean ${seq} stands for something else`);
    else if (count > 0) worst = Math.max(worst, Math.abs((value ?? 0) - expected.mean) / expected.mean);
  }

  let rows = 0;
  for (;;) {
    const lease = database.lease('city', 'readings', 1_000, everything).rows;
    const end = lease.at(-1);
    if (!end) break;
    for (const row of lease) take(row);
    rows += lease.length;
    database.settle('city', 'readings', { first: 1, last: end.seq });
    tidy();
  }
  const there = countOf(fate.subarray(1), fates.there);
  if (there !== singles) complaints.push(`${there} single readings were expected and ${singles} came`);
  return { rows, singles, means, worst };
}

function countOf(fate: Uint8Array, which: number): number {
  return fate.reduce((sum, each) => sum + Number(each === which), 0);
}

function lastRoundDropped(fate: Uint8Array, stream: number): number {
  const end = Math.max(0, fate.lastIndexOf(fates.dropped));
  return Math.floor((end - 1 - stream) / streamCount);
}

function compareDays(database: Database, days: number): { daysInHistory: number; worstDay: number } {
  const query = { stream: 'sensor-3/temperature', from: start, to: start + days * day, most: 10_000 };
  const points = database.history({ ...query, every: day });
  let worstDay = 0;
  for (const { time, value, count } of points) {
    const first = (time - start) / interval;
    const expected = trueMean(3, first - 1, Math.min(first + day / interval, (days * day) / interval) - 1);
    const difference = Math.abs((value ?? 0) - expected.mean) / expected.mean;
    worstDay = Math.max(worstDay, count === expected.count ? difference : 1);
  }
  return { daysInHistory: points.length, worstDay };
}

/** Upstream is told of everything that it will not get as it was, as far as there was room to tell. */
function compareEvents(database: Database, entries: readonly LedgerEntry[], complaints: string[]): void {
  const { rows } = database.lease('city', 'events', 1_000_000, everything);
  const told = new Set(rows.map(({ kind, detail }) => `${kind} ${detail.first} ${detail.last}`));
  if (entries.some(({ log }) => log === 'events')) return;
  const untold = entries.filter(({ what, first, last }) => !told.has(`store.${what} ${first} ${last}`));
  if (untold.length > 0) complaints.push(`${untold.length} entries of the ledger were not told`);
}

/** The whole ledger, the oldest first. */
function ledgerOf(database: Database): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (;;) {
    const oldest = entries.at(-1)?.id;
    const page = database.ledger({ most: 1_000, ...(oldest !== undefined && { before: oldest }) });
    if (page.length === 0) return entries.reverse();
    entries.push(...page);
  }
}

function bytesOf(file: string): number {
  const size = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return size(file) + size(`${file}-wal`);
}
