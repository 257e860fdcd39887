import type { Database } from 'better-sqlite3';
import type { Quality } from '../../config/catalogue/quality.js';
import type { Reading, ShelterEvent, StoredEvent, StoredReading } from '../reading.js';
import type { Streams } from './streams.js';

/** One append-only table, whose rows are known by their seq. */
export interface LogTable<Row, Stored> {
  /** Greatest seq ever given. */
  last(): number;
  /** Smallest seq that is still there. */
  first(): number | undefined;
  insert(seq: number, boot: number, row: Row): void;
  /** Greatest seq of a boot's rows after a seq; undefined where it has none there. */
  lastOf(boot: number, after: number): number | undefined;
  /** The oldest rows after a seq, in order. */
  after(seq: number, most: number): Stored[];
}

const raw = {
  /** Beside a value there may have been none: then 'none', as NULL says that both are equal. */
  write: ({ value, raw }: Reading) => (raw === value ? null : (raw ?? 'none')),
  read: (value: number | null, stored: number | 'none' | null) => {
    if (stored === 'none') return null;
    return stored ?? value;
  },
};

interface ReadingRow {
  seq: number;
  stream: number;
  monotonic: number;
  time: number;
  value: number | null;
  raw: number | 'none' | null;
  quality: Quality;
}

export function readingsTable(sqlite: Database, streams: Streams): LogTable<Reading, StoredReading> {
  const insert = sqlite.prepare<unknown[]>('INSERT INTO readings VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const select = sqlite.prepare<[number, number], ReadingRow>(
    'SELECT seq, stream, monotonic, time, value, raw, quality FROM readings WHERE seq > ? ORDER BY seq LIMIT ?',
  );
  return {
    ...namesOf(sqlite, 'readings'),
    insert(seq, boot, reading) {
      const { stream, monotonic, time, value, quality } = reading;
      const at = [Math.round(monotonic), Math.round(time)];
      insert.run(seq, streams.idOf(stream), boot, ...at, value, raw.write(reading), quality);
    },
    after: (seq, most) =>
      select.all(seq, most).map((row) => ({
        ...row,
        stream: streams.byId(row.stream),
        raw: raw.read(row.value, row.raw),
      })),
  };
}

interface EventRow extends Omit<StoredEvent, 'detail'> {
  detail: string;
}

export function eventsTable(sqlite: Database): LogTable<ShelterEvent, StoredEvent> {
  const insert = sqlite.prepare<unknown[]>('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)');
  const select = sqlite.prepare<[number, number], EventRow>(
    'SELECT seq, kind, source, time, monotonic, detail FROM events WHERE seq > ? ORDER BY seq LIMIT ?',
  );
  return {
    ...namesOf(sqlite, 'events'),
    insert(seq, boot, { monotonic, time, kind, source, detail }) {
      insert.run(seq, boot, Math.round(monotonic), Math.round(time), kind, source, JSON.stringify(detail));
    },
    after: (seq, most) =>
      select
        .all(seq, most)
        .map((row) => ({ ...row, detail: JSON.parse(row.detail) as StoredEvent['detail'] })),
  };
}

function namesOf(sqlite: Database, log: 'readings' | 'events') {
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
  return {
    last: () => last.get() ?? 0,
    first: () => first.get() ?? undefined,
    lastOf: (boot: number, after: number) => lastOf.get(after, boot) ?? undefined,
  };
}
