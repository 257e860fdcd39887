import type { Database } from 'better-sqlite3';
import type { ShelterEvent, StoredEvent } from '../reading.js';
import type { Span } from './port.js';

/** One append-only table, whose rows are known by their seq. */
export interface LogTable<Row, Stored> {
  /** Greatest seq ever given. */
  last(): number;
  /** Smallest seq that is still there. */
  first(): number | undefined;
  /** Adds rows, which get the seqs that follow `after`. */
  append(after: number, boot: number, rows: readonly Row[]): void;
  /** Greatest seq of a boot's rows after a seq; undefined where it has none there. */
  lastOf(boot: number, after: number): number | undefined;
  /** Greatest seq of the rows before a seq; 0 where there is none. */
  lastBefore(seq: number): number;
  /** No seq up to this one is given any more, whether a row has it or not. */
  retire(seq: number): void;
  /** The oldest rows of a span, in order. */
  within(span: Span, most: number): Stored[];
}

export interface EventsLog extends LogTable<ShelterEvent, StoredEvent> {
  /** How many events a span has. */
  count(span: Span): number;
}

interface EventRow extends Omit<StoredEvent, 'detail'> {
  boot: number;
  detail: string;
}

/** @param isMarked whether the wall times of a boot are not believed */
export function eventsTable(sqlite: Database, isMarked: (boot: number) => boolean): EventsLog {
  const insert = sqlite.prepare<unknown[]>('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)');
  const select = sqlite.prepare<[number, number, number], EventRow>(
    `SELECT seq, boot, kind, source, time, monotonic, detail FROM events
     WHERE seq BETWEEN ? AND ? ORDER BY seq LIMIT ?`,
  );
  const count = sqlite
    .prepare<[number, number], number>('SELECT count(*) FROM events WHERE seq BETWEEN ? AND ?')
    .pluck();
  return {
    ...namesOf(sqlite, 'events'),
    count: ({ first, last }) => count.get(first, last) ?? 0,
    append(after, boot, rows) {
      for (const [index, { monotonic, time, kind, source, detail }] of rows.entries()) {
        const at = [Math.round(monotonic), Math.round(time)];
        insert.run(after + 1 + index, boot, ...at, kind, source, JSON.stringify(detail));
      }
    },
    within: ({ first, last }, most) =>
      select.all(first, last, most).map(({ boot, detail, ...row }) => ({
        ...row,
        detail: JSON.parse(detail) as StoredEvent['detail'],
        ...(isMarked(boot) && { unsynchronised: true as const }),
      })),
  };
}

/** What is known of the seqs of a table's rows. */
export function namesOf(sqlite: Database, log: 'readings' | 'events') {
  const last = sqlite
    .prepare<[], number>(
      `SELECT max(
         ifnull((SELECT max(seq) FROM ${log}), 0),
         ifnull((SELECT seq FROM retired WHERE log = '${log}'), 0))`,
    )
    .pluck();
  const first = sqlite.prepare<[], number | null>(`SELECT min(seq) FROM ${log}`).pluck();
  const lastOf = sqlite
    .prepare<[number, number], number | null>(`SELECT max(seq) FROM ${log} WHERE seq > ? AND boot = ?`)
    .pluck();
  const lastBefore = sqlite
    .prepare<[number], number | null>(`SELECT max(seq) FROM ${log} WHERE seq < ?`)
    .pluck();
  const retire = sqlite.prepare<[string, number]>(
    'INSERT INTO retired VALUES (?, ?) ON CONFLICT (log) DO UPDATE SET seq = max(seq, excluded.seq)',
  );
  return {
    last: () => last.get() ?? 0,
    retire: (seq: number) => void retire.run(log, seq),
    lastBefore: (seq: number) => lastBefore.get(seq) ?? 0,
    first: () => first.get() ?? undefined,
    lastOf: (boot: number, after: number) => lastOf.get(after, boot) ?? undefined,
  };
}
