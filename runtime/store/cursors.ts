import type { Database } from 'better-sqlite3';
import type { Log } from './port.js';

/** Up to where each uplink has settled each log. */
export interface Cursors {
  /** The last settled seq; 0 at first. */
  get(uplink: string, log: Log): number;
  /** Moves a cursor forwards; never backwards. */
  move(uplink: string, log: Log, seq: number): void;
  /** All that ever settled a row, and those that have asked since the file was opened. */
  uplinks(): Iterable<string>;
}

export function cursorTable(sqlite: Database): Cursors {
  const find = sqlite
    .prepare<[string, Log], number>('SELECT seq FROM cursors WHERE uplink = ? AND log = ?')
    .pluck();
  const move = sqlite.prepare<[string, Log, number]>(
    `INSERT INTO cursors VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET seq = excluded.seq WHERE excluded.seq > seq`,
  );
  const known = new Set(sqlite.prepare<[], string>('SELECT DISTINCT uplink FROM cursors').pluck().all());
  return {
    get(uplink, log) {
      known.add(uplink);
      return find.get(uplink, log) ?? 0;
    },
    move(uplink, log, seq) {
      known.add(uplink);
      move.run(uplink, log, seq);
    },
    uplinks: () => known,
  };
}
