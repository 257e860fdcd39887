import type { Database } from 'better-sqlite3';
import type { Log, Span } from '../port.js';

/** Seqs that were given, and whose rows are gone without a word. */
export interface Hole extends Span {
  /** The wall times, in ms, of the rows around it. */
  least: number;
  greatest: number;
  /** How many seqs. */
  before: number;
}

/** Seqs that a row stands for, and when it was taken. */
interface Piece extends Span {
  time: number;
}

/**
 * A pack of single readings stands for as many seqs as it has rows; one of means also for those before it, which gave
 * way to them.
 */
const pieces: Record<Log, string> = {
  readings: `
    SELECT iif(width = 0, seq - count, lag(seq, 1, 0) OVER (ORDER BY seq)) + 1 AS first, seq AS last, time
    FROM readings ORDER BY seq`,
  events: 'SELECT seq AS first, seq AS last, time FROM events ORDER BY seq',
};

/** The holes in a log, before and after its last row. What the ledger explains is none. */
export interface Holes {
  between: Hole[];
  /** Seqs that may have been given after the last row. */
  after: Span[];
}

/** @param end greatest seq that may have been given */
export function findHoles(sqlite: Database, log: Log, end: number): Holes {
  const explained = sqlite
    .prepare<[Log], Span>('SELECT first, last FROM ledger WHERE log = ? ORDER BY first')
    .all(log);
  const between: Hole[] = [];
  let before: Piece = { first: 0, last: 0, time: 0 };
  for (const piece of sqlite.prepare<[], Piece>(pieces[log]).iterate()) {
    if (piece.first > before.last + 1) {
      const gap = { first: before.last + 1, last: piece.first - 1 };
      const times = [before.last === 0 ? piece.time : before.time, piece.time];
      for (const { first, last } of without(gap, explained)) {
        const [least, greatest] = [Math.min(...times), Math.max(...times)];
        between.push({ first, last, least, greatest, before: last - first + 1 });
      }
    }
    before = piece;
  }
  return { between, after: without({ first: before.last + 1, last: end }, explained) };
}

/** What of a span none of the others covers. @param others in the order of their firsts */
function without(span: Span, others: readonly Span[]): Span[] {
  const rest: Span[] = [];
  let { first } = span;
  for (const other of others) {
    if (other.first > first) rest.push({ first, last: Math.min(other.first - 1, span.last) });
    first = Math.max(first, other.last + 1);
    if (first > span.last) break;
  }
  rest.push({ first, last: span.last });
  return rest.filter((each) => each.first <= each.last);
}
