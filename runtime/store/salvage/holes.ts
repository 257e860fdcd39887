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

/** The greatest seq of a row or pack, how many rows it has, whether they are means, and when it was taken. */
type Piece = [seq: number, count: number, width: number, time: number];

const pieces: Record<Log, string> = {
  readings: 'SELECT seq, count, width, time FROM readings ORDER BY seq',
  events: 'SELECT seq, 1, 0, time FROM events ORDER BY seq',
};

/** The holes in a log, before and after its last row. What the ledger explains is none. */
export interface Holes {
  between: Hole[];
  /** Seqs that may have been given after the last row. */
  after: Span[];
}

/** What of a span the ledger does not speak of. */
export function unexplainedIn(sqlite: Database, log: Log, span: Span): Span[] {
  return without(span, explainedIn(sqlite, log));
}

function explainedIn(sqlite: Database, log: Log): Span[] {
  return sqlite.prepare<[Log], Span>('SELECT first, last FROM ledger WHERE log = ? ORDER BY first').all(log);
}

/** @param end greatest seq that may have been given */
export function findHoles(sqlite: Database, log: Log, end: number): Holes {
  const explained = explainedIn(sqlite, log);
  const between: Hole[] = [];
  let before = 0;
  let timeBefore: number | undefined;
  for (const [seq, count, width, time] of sqlite.prepare<[], Piece>(pieces[log]).raw().iterate()) {
    // Means stand also for the seqs before them, which gave way.
    const first = width === 0 ? seq - count + 1 : before + 1;
    if (first > before + 1) {
      const times = [timeBefore ?? time, time];
      const [least, greatest] = [Math.min(...times), Math.max(...times)];
      for (const span of without({ first: before + 1, last: first - 1 }, explained)) {
        between.push({ ...span, least, greatest, before: span.last - span.first + 1 });
      }
    }
    before = seq;
    timeBefore = time;
  }
  return { between, after: without({ first: before + 1, last: end }, explained) };
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
