import type { Quality } from '../../config/catalogue/quality.js';
import type { Reading, StoredReading, Stream } from '../reading.js';
import { type Making, madeBy, makingOf } from './making.js';

/**
 * Readings as they cross to another thread: what of them is a number lies in one buffer, which is handed over. To copy
 * thousands of objects would hold up both threads.
 */
export interface ReadingColumns {
  streams: Stream[];
  /** Of each reading: which stream, wall and monotonic time, value, what the sensor said, and marks. */
  facts: Float64Array<ArrayBuffer>;
  /** What else there is to say, by where its facts begin; of most there is nothing. */
  makings: Map<number, Making>;
}

/** The same of those that are committed. */
export interface StoredColumns extends ReadingColumns {
  /** Of each reading: its seq, and for a mean its width and count, otherwise 0. */
  names: Float64Array<ArrayBuffer>;
}

const width = { facts: 6, names: 3 };

/** The lowest bits of the marks are the quality flag. */
const marks = { quality: 15, noValue: 16, noRaw: 32, unsynchronised: 64 };

export function toColumns(rows: readonly Reading[]): ReadingColumns {
  const streams = new Map<Stream, number>();
  const facts = new Float64Array(rows.length * width.facts);
  const makings = new Map<number, Making>();
  let at = 0;
  for (const row of rows) {
    const { stream, time, monotonic, value, raw, quality, unsynchronised } = row;
    const making = makingOf(row);
    if (making) makings.set(at, making);
    let index = streams.get(stream);
    if (index === undefined) {
      index = streams.size;
      streams.set(stream, index);
    }
    facts[at] = index;
    facts[at + 1] = time;
    facts[at + 2] = monotonic;
    facts[at + 3] = value ?? 0;
    facts[at + 4] = raw ?? 0;
    facts[at + 5] =
      quality |
      (value === null ? marks.noValue : 0) |
      (raw === null ? marks.noRaw : 0) |
      (unsynchronised ? marks.unsynchronised : 0);
    at += width.facts;
  }
  return { streams: [...streams.keys()], facts, makings };
}

export function fromColumns(columns: ReadingColumns): Reading[] {
  const rows: Reading[] = [];
  for (let at = 0; at < columns.facts.length; at += width.facts) rows.push(readingAt(at, columns));
  return rows;
}

export function toStoredColumns(rows: readonly StoredReading[]): StoredColumns {
  const names = new Float64Array(rows.length * width.names);
  let at = 0;
  for (const { seq, mean } of rows) {
    names[at] = seq;
    names[at + 1] = mean?.width ?? 0;
    names[at + 2] = mean?.count ?? 0;
    at += width.names;
  }
  return { ...toColumns(rows), names };
}

export function fromStoredColumns(columns: StoredColumns): StoredReading[] {
  const { facts, names } = columns;
  const rows: StoredReading[] = [];
  for (let at = 0, name = 0; at < facts.length; at += width.facts, name += width.names) {
    const row: StoredReading = Object.assign(readingAt(at, columns), { seq: numberAt(names, name) });
    const means = numberAt(names, name + 1);
    if (means > 0) row.mean = { width: means, count: numberAt(names, name + 2) };
    rows.push(row);
  }
  return rows;
}

function readingAt(at: number, { streams, facts, makings }: ReadingColumns): Reading {
  const bits = numberAt(facts, at + 5);
  const row: Reading = {
    stream: streams[numberAt(facts, at)] as Stream,
    time: numberAt(facts, at + 1),
    monotonic: numberAt(facts, at + 2),
    value: bits & marks.noValue ? null : numberAt(facts, at + 3),
    raw: bits & marks.noRaw ? null : numberAt(facts, at + 4),
    quality: (bits & marks.quality) as Quality,
  };
  if (bits & marks.unsynchronised) row.unsynchronised = true;
  const making = makings.get(at);
  if (making) Object.assign(row, madeBy(making));
  return row;
}

function numberAt(numbers: Float64Array, at: number): number {
  return numbers[at] ?? Number.NaN;
}
