import type { Database } from 'better-sqlite3';
import type { Cursors } from './cursors.js';
import type { Facts } from './gone.js';
import { unsettled } from './unsettled.js';

/** Share of the events that one step takes. */
const STEP = 1 / 8;

export interface EventRetentionParts {
  cursors: Pick<Cursors, 'get' | 'beyond' | 'uplinks'>;
  /** How many events there may be. */
  most: number;
  note: (facts: Facts) => void;
}

/** Makes room among events, which are few, but must not fill the disk where a door rattles for a year. */
export interface EventRetention {
  /** Takes away the oldest where there are too many; false where there are not. */
  trim(): boolean;
}

interface Ends {
  first: number | null;
  last: number;
}

/** Times are NULL where they are not believed. */
interface Gone {
  last: number;
  least: number | null;
  greatest: number | null;
  before: number;
}

export function eventRetention(sqlite: Database, parts: EventRetentionParts): EventRetention {
  const { cursors, most, note } = parts;
  const ends = sqlite.prepare<[], Ends>(
    'SELECT (SELECT min(seq) FROM events) AS first, (SELECT max(seq) FROM events) AS last',
  );
  const oldest = sqlite.prepare<[number], Gone>(
    `SELECT max(seq) AS last, min(known) AS least, max(known) AS greatest, count(*) AS before
     FROM (SELECT seq, iif(abs(boot) IN (SELECT id FROM boots WHERE origin IS NULL), NULL, time) AS known
           FROM events ORDER BY seq LIMIT ?)`,
  );
  const remove = sqlite.prepare<[number]>('DELETE FROM events WHERE seq <= ?');

  function isSettled(first: number, last: number): boolean {
    const uplinks = [...cursors.uplinks()];
    const waits = (uplink: string) =>
      unsettled({ first, last }, cursors.get(uplink, 'events'), cursors.beyond(uplink, 'events'));
    return uplinks.length > 0 && uplinks.every((uplink) => waits(uplink).length === 0);
  }

  return {
    trim() {
      const { first, last } = ends.get() ?? { first: null, last: 0 };
      if (first === null || last - first < most) return false;
      const gone = oldest.get(Math.ceil(most * STEP));
      if (!gone) return false;
      remove.run(gone.last);
      const what = isSettled(first, gone.last) ? 'released' : 'dropped';
      note({ log: 'events', what, width: 0, first, after: 0, ...gone });
      return true;
    },
  };
}
