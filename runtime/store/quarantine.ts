import type { Database } from 'better-sqlite3';
import type { StoredEvent, StoredReading } from '../reading.js';
import type { Log, Refusal } from './port.js';

/** Rows that an uplink could not send, each with the reason. They stay when the log has dropped them. */
export interface Quarantine {
  /** False where the row lies there already. */
  add(uplink: string, log: Log, row: StoredReading | StoredEvent, why: Refusal): boolean;
  count(uplink: string, log: Log): number;
}

export function quarantineTable(sqlite: Database): Quarantine {
  const insert = sqlite.prepare<unknown[]>(
    'INSERT INTO quarantine VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const count = sqlite
    .prepare<[string, Log], number>('SELECT count(*) FROM quarantine WHERE uplink = ? AND log = ?')
    .pluck();
  return {
    add: (uplink, log, row, { time, code, reason }) =>
      insert.run(uplink, log, row.seq, Math.round(time), code, reason, JSON.stringify(row)).changes > 0,
    count: (uplink, log) => count.get(uplink, log) ?? 0,
  };
}
