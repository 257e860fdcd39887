import type { Database } from 'better-sqlite3';
import type { PackedRow } from './packing.js';
import type { Packs } from './packs.js';
import type { Span } from './port.js';

/** How many rows one run has, at least. */
const ROWS = 1_000;

/** Whole packs that follow each other: the unit in which readings are found, counted, thinned and dropped. */
export interface Run extends Span {
  /** Wall times that none of its rows is before or after. */
  least: number;
  greatest: number;
  count: number;
  /** 0 for single readings, else the width of its means in ms. */
  width: number;
}

/** A row, and in which run of the program it was taken. */
export interface BootRow extends PackedRow {
  boot: number;
}

/**
 * The directory of all readings. Runs follow each other without a gap in their seqs, and the newest rows are in none
 * yet. Nothing is assumed of the order of times, so a clock that steps costs speed at most.
 */
export interface Runs {
  /** To be called in each transaction that has added readings: puts on record what makes whole runs. */
  extend(last: number): void;
  /** Does the same for all readings, where the directory may be wrong. */
  rebuild(last: number): void;
  /** Where readings of [from, to) may lie, those with the latest times first. */
  between(from: number, to: number): (Span & { greatest: number })[];
  /** The oldest runs of a width, in order. */
  oldest(width: number, most: number): Run[];
  /** The oldest runs that lie within a span, in order. */
  within(span: Span, most: number): Run[];
  /** The greatest time of the run with the greatest seqs. */
  newestTime(): number | undefined;
  /** Puts other rows in the place of all those of whole runs; without rows, the runs are gone. */
  replace(span: Span, rows: readonly BootRow[], width: number): void;
  /** Says that a run has lost rows. @param seq one of its own */
  lose(seq: number, rows: number): void;
  /** How many rows a span has. */
  count(span: Span): number;
}

export function runTable(sqlite: Database, packs: Packs): Runs {
  const columns = 'first, last, least, greatest, count, width';
  const end = sqlite.prepare<[], number>('SELECT last FROM runs ORDER BY first DESC LIMIT 1').pluck();
  const insert = sqlite.prepare<Run>(
    'INSERT INTO runs VALUES (@first, @last, @least, @greatest, @count, @width)',
  );
  const remove = sqlite.prepare<[number, number]>('DELETE FROM runs WHERE first BETWEEN ? AND ?');
  const removeAll = sqlite.prepare('DELETE FROM runs');
  const between = sqlite.prepare<[number, number], Run>(
    `SELECT ${columns} FROM runs WHERE greatest >= ? AND least < ? ORDER BY greatest DESC`,
  );
  const oldest = sqlite.prepare<[number, number], Run>(
    `SELECT ${columns} FROM runs WHERE width = ? ORDER BY first LIMIT ?`,
  );
  const within = sqlite.prepare<[number, number, number], Run>(
    `SELECT ${columns} FROM runs WHERE first >= ? AND last <= ? ORDER BY first LIMIT ?`,
  );
  const newest = sqlite.prepare<[], number>('SELECT greatest FROM runs ORDER BY first DESC LIMIT 1').pluck();
  const lose = sqlite.prepare<[number, number, number]>(
    'UPDATE runs SET count = max(0, count - ?) WHERE first <= ? AND last >= ?',
  );
  const inside = sqlite.prepare<[number, number], { first: number | null; last: number; count: number }>(
    'SELECT min(first) AS first, max(last) AS last, sum(count) AS count FROM runs WHERE first >= ? AND last <= ?',
  );

  function put(span: Span, rows: readonly PackedRow[], width: number): void {
    let least = Number.POSITIVE_INFINITY;
    let greatest = Number.NEGATIVE_INFINITY;
    for (const { time } of rows) {
      least = Math.min(least, time);
      greatest = Math.max(greatest, time);
    }
    if (rows.length > 0) insert.run({ ...span, least, greatest, count: rows.length, width });
  }

  /** Where all runs are gone, the oldest reading that is left begins the next. */
  function endOfRuns(): number {
    const known = end.get();
    if (known !== undefined) return known;
    const [oldest] = packs.of({ first: 0, last: 0 });
    return (oldest?.rows[0]?.seq ?? 1) - 1;
  }

  function cutRuns(last: number): void {
    let before = endOfRuns();
    let first = before + 1;
    let rows: PackedRow[] = [];
    let width = 0;
    const cut = (end: number) => {
      put({ first, last: end }, rows, width);
      first = end + 1;
      rows = [];
    };
    for (const pack of packs.of({ first, last })) {
      if (pack.width !== width && rows.length > 0) cut(before);
      width = pack.width;
      rows.push(...pack.rows);
      before = pack.seq;
      if (rows.length >= ROWS) cut(before);
    }
  }

  return {
    extend(last) {
      if (last - endOfRuns() >= ROWS) cutRuns(last);
    },
    rebuild(last) {
      removeAll.run();
      cutRuns(last);
    },
    between(from, to) {
      const rest = { first: endOfRuns() + 1, last: Number.MAX_SAFE_INTEGER };
      return [{ ...rest, greatest: Number.POSITIVE_INFINITY }, ...between.all(from, to)];
    },
    oldest: (width, most) => oldest.all(width, most),
    within: ({ first, last }, most) => within.all(first, last, most),
    newestTime: () => newest.get(),
    replace(span, rows, width) {
      remove.run(span.first, span.last);
      packs.remove(span);
      let { first } = span;
      for (let at = 0; at < rows.length; at += ROWS) {
        const part = rows.slice(at, at + ROWS);
        const isLast = at + ROWS >= rows.length;
        const last = isLast ? span.last : (part.at(-1)?.seq ?? span.last);
        for (const ofBoot of sameBoot(part)) {
          packs.add(ofBoot, ofBoot[0]?.boot ?? 0, width);
        }
        put({ first, last }, part, width);
        first = last + 1;
      }
    },
    lose: (seq, rows) => void lose.run(rows, seq, seq),
    count({ first, last }) {
      const middle = inside.get(first, last);
      if (!middle || middle.first === null) return packs.count({ first, last });
      const before = middle.first > first ? packs.count({ first, last: middle.first - 1 }) : 0;
      const after = middle.last < last ? packs.count({ first: middle.last + 1, last }) : 0;
      return before + middle.count + after;
    },
  };
}

/** Cuts rows where another boot begins. */
function sameBoot(rows: readonly BootRow[]): BootRow[][] {
  const parts: BootRow[][] = [];
  for (const row of rows) {
    const part = parts.at(-1);
    if (part?.[0]?.boot === row.boot) part.push(row);
    else parts.push([row]);
  }
  return parts;
}
