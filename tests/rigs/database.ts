import Sqlite from 'better-sqlite3';
import { packTable } from '../../runtime/store/packs.js';
import { everything } from '../../runtime/store/port.js';
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
  /** Up to where the uplink has settled the readings. */
  settled: number;
}

/** Reads a database from the side, as any program may while the runtime writes. */
export function readDatabase(file: string): Snapshot {
  const sqlite = new Sqlite(file, { readonly: true });
  try {
    return sqlite.transaction(() => ({
      epoch: sqlite.prepare<[], string>('SELECT epoch FROM meta').pluck().get() ?? '',
      readings: readingsIn(sqlite),
      events: sqlite.prepare<[], EventRow>('SELECT seq, kind, source, time FROM events ORDER BY seq').all(),
      settled:
        sqlite.prepare<[], number>("SELECT seq FROM cursors WHERE log = 'readings'").pluck().get() ?? 0,
    }))();
  } finally {
    sqlite.close();
  }
}

function readingsIn(sqlite: Sqlite.Database): ReadingRow[] {
  const streams = streamTable(sqlite);
  return [...packTable(sqlite).of(everything)].flatMap(({ rows }) =>
    rows.map(({ seq, stream, time, value, quality }) => {
      return { seq, stream: streams.byId(stream).id, time, value, quality };
    }),
  );
}
