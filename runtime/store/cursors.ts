import type { Database } from 'better-sqlite3';
import type { Log, Span } from './port.js';

/**
 * What each uplink has settled of each log: everything up to a cursor, and spans beyond it, as the newest rows are sent
 * before those of an outage. It is known at once, and lies in the file when it is saved: where it is lost in between,
 * some rows are sent twice.
 */
export interface Cursors {
  /** Up to where everything is settled; 0 at first. */
  get(uplink: string, log: Log): number;
  /** The spans that are settled beyond the cursor, in order; none touches another. */
  beyond(uplink: string, log: Log): readonly Span[];
  settle(uplink: string, log: Log, span: Span): void;
  /** Writes what is not in the file yet, as part of a transaction. */
  save(): void;
  /** That transaction has succeeded. */
  saved(): void;
  /** It has not, and what was settled in it is void. */
  forget(): void;
  /** How many rows were settled since all was saved, about. */
  unsaved(): number;
  /** All that ever settled a row, and those that have asked since the file was opened. */
  uplinks(): Iterable<string>;
}

/** Greatest seq of a log's rows before a seq; 0 where there is none. */
export type LastBefore = (log: Log, seq: number) => number;

/** When it is saved what was settled. */
export type Saving = 'at once' | 'with commits';

/** After so long, in ms, Linux writes back to the card what a program has not synced. */
const writeBack = 30_000;

/** Where commits are far apart, a cursor that is saved on its own would cost the card a block each time. */
export function savingFor(commitInterval: number): Saving {
  return commitInterval < writeBack ? 'at once' : 'with commits';
}

interface Progress {
  uplink: string;
  log: Log;
  cursor: number;
  beyond: readonly Span[];
}

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
  const remove = sqlite.prepare<[string, Log, number]>(
    'DELETE FROM settled WHERE uplink = ? AND log = ? AND first = ?',
  );
  const keep = sqlite.prepare<[string, Log, number, number]>(
    `INSERT INTO settled VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET last = excluded.last WHERE excluded.last <> last`,
  );
  const known = new Set(
    sqlite.prepare<[], string>('SELECT uplink FROM cursors UNION SELECT uplink FROM settled').pluck().all(),
  );
  const all = new Map<string, Progress>();
  const changed = new Set<Progress>();
  let rows = 0;

  function progressOf(uplink: string, log: Log): Progress {
    known.add(uplink);
    const key = `${log} ${uplink}`;
    const there = all.get(key);
    if (there) return there;
    const progress = { uplink, log, cursor: find.get(uplink, log) ?? 0, beyond: spans.all(uplink, log) };
    all.set(key, progress);
    return progress;
  }

  return {
    get: (uplink, log) => progressOf(uplink, log).cursor,
    beyond: (uplink, log) => progressOf(uplink, log).beyond,
    settle(uplink, log, added) {
      const progress = progressOf(uplink, log);
      if (added.last <= progress.cursor || added.last < added.first) return;
      rows += added.last - Math.max(added.first - 1, progress.cursor);
      // No row lies between the end of one span and the start of the next: there is nothing left to settle.
      const touches = (end: number, start: number) => lastBefore(log, start) <= end;
      const { span, others } = join(added, progress.beyond, touches);
      if (touches(progress.cursor, span.first)) {
        progress.cursor = span.last;
        progress.beyond = others;
      } else {
        progress.beyond = [...others, span].sort((a, b) => a.first - b.first);
      }
      changed.add(progress);
    },
    save() {
      for (const { uplink, log, cursor, beyond } of changed) {
        if (cursor > 0) move.run(uplink, log, cursor);
        const starts = new Set(beyond.map(({ first }) => first));
        for (const { first } of spans.all(uplink, log))
          if (!starts.has(first)) remove.run(uplink, log, first);
        for (const { first, last } of beyond) keep.run(uplink, log, first, last);
      }
    },
    saved() {
      changed.clear();
      rows = 0;
    },
    forget() {
      all.clear();
      changed.clear();
      rows = 0;
    },
    unsaved: () => rows,
    uplinks: () => known,
  };
}

/** Makes one span of it and those that it touches. */
function join(
  added: Span,
  spans: readonly Span[],
  touches: (end: number, start: number) => boolean,
): { span: Span; others: Span[] } {
  let { first, last } = added;
  const others: Span[] = [];
  for (const span of spans) {
    if (touches(span.last, first) && touches(last, span.first)) {
      first = Math.min(first, span.first);
      last = Math.max(last, span.last);
    } else others.push(span);
  }
  return { span: { first, last }, others };
}
