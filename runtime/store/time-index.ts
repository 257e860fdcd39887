import type { Database } from 'better-sqlite3';

/** How many readings one row of the index stands for, at least. */
const READINGS_PER_SPAN = 1_000;

/** A run of readings by seq, and a time that none of them is later than. */
interface Span {
  first: number;
  last: number;
  greatest: number;
}

/**
 * Finds readings by wall time. Each run of about a thousand readings has its least and greatest time on record; the
 * runs that cannot hold a time are passed over, and the rest is read through. Nothing is assumed of the order of times,
 * so a clock that steps costs speed at most.
 */
export interface TimeIndex {
  /** To be called in each transaction that has added readings: puts on record what makes a whole run. */
  extend(last: number): void;
  /** The runs that may hold readings of [from, to), those with the latest times first. */
  spans(from: number, to: number): Span[];
}

export function timeIndex(sqlite: Database): TimeIndex {
  const end = sqlite.prepare<[], number>('SELECT last FROM spans ORDER BY first DESC LIMIT 1').pluck();
  const insert = sqlite.prepare<[number, number]>(
    `INSERT INTO spans SELECT min(seq), max(seq), min(time), max(time) FROM readings WHERE seq > ? AND seq <= ?`,
  );
  const select = sqlite.prepare<[number, number], Span>(
    'SELECT first, last, greatest FROM spans WHERE greatest >= ? AND least < ? ORDER BY greatest DESC',
  );
  return {
    extend(last) {
      const begin = end.get() ?? 0;
      if (last - begin >= READINGS_PER_SPAN) insert.run(begin, last);
    },
    spans(from, to) {
      const newest = {
        first: (end.get() ?? 0) + 1,
        last: Number.MAX_SAFE_INTEGER,
        greatest: Number.POSITIVE_INFINITY,
      };
      return [newest, ...select.all(from, to)];
    },
  };
}
