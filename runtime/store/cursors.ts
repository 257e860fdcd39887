import type { Database } from 'better-sqlite3';
import type { Log, Span } from './port.js';

/**
 * What each uplink has settled of each log: everything up to a cursor, and spans beyond it, as the newest rows are sent
 * before those of an outage.
 */
export interface Cursors {
  /** Up to where everything is settled; 0 at first. */
  get(uplink: string, log: Log): number;
  /** The spans that are settled beyond the cursor, in order; none touches another. */
  beyond(uplink: string, log: Log): readonly Span[];
  settle(uplink: string, log: Log, span: Span): void;
  /** All that ever settled a row, and those that have asked since the file was opened. */
  uplinks(): Iterable<string>;
}

/** Greatest seq of a log's rows before a seq; 0 where there is none. */
export type LastBefore = (log: Log, seq: number) => number;

export function cursorTable(sqlite: Database, lastBefore: LastBefore): Cursors {
  const find = sqlite
    .prepare<[string, Log], number>('SELECT seq FROM cursors WHERE uplink = ? AND log = ?')
    .pluck();
  const move = sqlite.prepare<[string, Log, number]>(
    `INSERT INTO cursors VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET seq = excluded.seq WHERE excluded.seq > seq`,
  );
  const spans = sqlite.prepare<[string, Log], Span>(
    'SELECT first, last FROM settled WHERE uplink = ? AND log = ? ORDER BY first',
  );
  const forget = sqlite.prepare<[string, Log, number]>(
    'DELETE FROM settled WHERE uplink = ? AND log = ? AND first = ?',
  );
  const keep = sqlite.prepare<[string, Log, number, number]>('INSERT INTO settled VALUES (?, ?, ?, ?)');
  const known = new Set(
    sqlite.prepare<[], string>('SELECT uplink FROM cursors UNION SELECT uplink FROM settled').pluck().all(),
  );

  const settle = sqlite.transaction((uplink: string, log: Log, added: Span) => {
    const cursor = find.get(uplink, log) ?? 0;
    if (added.last <= cursor || added.last < added.first) return;
    // No row lies between the end of one span and the start of the next: there is nothing left to settle.
    const touches = (end: number, start: number) => lastBefore(log, start) <= end;
    let { first, last } = added;
    for (const span of spans.all(uplink, log)) {
      if (!touches(span.last, first) || !touches(last, span.first)) continue;
      first = Math.min(first, span.first);
      last = Math.max(last, span.last);
      forget.run(uplink, log, span.first);
    }
    if (touches(cursor, first)) move.run(uplink, log, last);
    else keep.run(uplink, log, first, last);
  });

  return {
    get(uplink, log) {
      known.add(uplink);
      return find.get(uplink, log) ?? 0;
    },
    beyond: (uplink, log) => spans.all(uplink, log),
    settle(uplink, log, span) {
      known.add(uplink);
      settle.immediate(uplink, log, span);
    },
    uplinks: () => known,
  };
}
