import Sqlite from 'better-sqlite3';
import { packTable } from '../../runtime/store/packs.js';
import { everything, type Span } from '../../runtime/store/port.js';
import { streamTable } from '../../runtime/store/streams.js';

/** A reading, as it lies in the file. */
export interface ReadingRow {
  seq: number;
  /** `sensor/property`. */
  stream: string;
  time: number;
  value: number | null;
  quality: number;
}

export interface EventRow {
  seq: number;
  kind: string;
  source: string;
  time: number;
}

/** All that a test asks of a database, read in one go. */
export interface Snapshot {
  epoch: string;
  readings: ReadingRow[];
  events: EventRow[];
  /** Seqs of readings that were never given, as the ledger says. */
  skipped: Span[];
  /** The readings that the uplink has settled. */
  settled: Span[];
}

/** Reads a database from the side, as any program may while the runtime writes. */
export function readDatabase(file: string): Snapshot {
  const sqlite = new Sqlite(file, { readonly: true });
  try {
    return sqlite.transaction(() => ({
      epoch: sqlite.prepare<[], string>('SELECT epoch FROM meta').pluck().get() ?? '',
      readings: readingsIn(sqlite),
      events: sqlite.prepare<[], EventRow>('SELECT seq, kind, source, time FROM events ORDER BY seq').all(),
      skipped: sqlite
        .prepare<[], Span>("SELECT first, last FROM ledger WHERE log = 'readings' AND what = 'skipped'")
        .all(),
      settled: sqlite
        .prepare<[], Span>(
          `SELECT 1 AS first, seq AS last FROM cursors WHERE log = 'readings'
           UNION SELECT first, last FROM settled WHERE log = 'readings' ORDER BY first`,
        )
        .all(),
    }))();
  } finally {
    sqlite.close();
  }
}

export function covers(spans: readonly Span[], seq: number): boolean {
  return spans.some(({ first, last }) => first <= seq && seq <= last);
}

function readingsIn(sqlite: Sqlite.Database): ReadingRow[] {
  const streams = streamTable(sqlite);
  return [...packTable(sqlite).of(everything)].flatMap(({ rows }) =>
    rows.map(({ seq, stream, time, value, quality }) => {
      return { seq, stream: streams.byId(stream).id, time, value, quality };
    }),
  );
}
