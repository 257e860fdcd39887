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
  /** Puts the directory right where runs or readings were lost: counts anew, and fills its gaps. */
  recover(): void;
  /** The run that a seq lies in, or else the next one; undefined where that is none yet. */
  at(seq: number): Span | undefined;
  /** Looks up between which wall times a run lies, as its rows have other times now. */
  measure(run: Span): void;
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
  const all = sqlite.prepare<[], Span>('SELECT first, last FROM runs ORDER BY first');
  const recount = sqlite.prepare(
    `UPDATE runs SET count = ifnull(
       (SELECT sum(count) FROM readings WHERE seq BETWEEN runs.first AND runs.last), 0)`,
  );
  const at = sqlite.prepare<{ seq: number }, Span>(
    `SELECT first, last FROM runs
     WHERE first >= ifnull((SELECT max(first) FROM runs WHERE first <= @seq), 0) AND last >= @seq
     ORDER BY first LIMIT 1`,
  );
  const setTimes = sqlite.prepare<Times & { first: number }>(
    'UPDATE runs SET least = @least, greatest = @greatest WHERE first = @first',
  );
  const removeEmpty = sqlite.prepare('DELETE FROM runs WHERE count = 0');
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
    if (rows.length > 0) insert.run({ ...span, ...timesOf(rows), count: rows.length, width });
  }

  /** Where all runs are gone, the oldest reading that is left begins the next. */
  function endOfRuns(): number {
    const known = end.get();
    if (known !== undefined) return known;
    const [oldest] = packs.of({ first: 0, last: 0 });
    return (oldest?.rows[0]?.seq ?? 1) - 1;
  }

  /** Makes runs of the packs that end in a span. @returns the rows that are not enough for one */
  function cutRuns({ first: begin, last }: Span): { rows: PackedRow[]; first: number; width: number } {
    let before = begin - 1;
    let first = begin;
    let rows: PackedRow[] = [];
    let width = 0;
    const cut = (end: number) => {
      put({ first, last: end }, rows, width);
      first = end + 1;
      rows = [];
    };
    for (const pack of packs.of({ first, last })) {
      if (pack.seq > last) break;
      if (pack.width !== width && rows.length > 0) cut(before);
      width = pack.width;
      rows.push(...pack.rows);
      before = pack.seq;
      if (rows.length >= ROWS) cut(before);
    }
    return { rows, first, width };
  }

  return {
    extend(last) {
      const before = endOfRuns();
      if (last - before >= ROWS) cutRuns({ first: before + 1, last });
    },
    recover() {
      recount.run();
      removeEmpty.run();
      let covered = 0;
      for (const run of all.all()) {
        if (run.first <= covered) {
          remove.run(run.first, run.first);
          continue;
        }
        const gap = { first: covered + 1, last: run.first - 1 };
        const { rows, first, width } = cutRuns(gap);
        put({ first, last: gap.last }, rows, width);
        covered = run.last;
      }
    },
    at: (seq) => at.get({ seq }),
    measure({ first, last }) {
      const rows = [...packs.of({ first, last })].flatMap((pack) => (pack.seq <= last ? pack.rows : []));
      if (rows.length > 0) setTimes.run({ first, ...timesOf(rows) });
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

type Times = Pick<Run, 'least' | 'greatest'>;

function timesOf(rows: readonly PackedRow[]): Times {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const { time } of rows) {
    least = Math.min(least, time);
    greatest = Math.max(greatest, time);
  }
  return { least, greatest };
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
