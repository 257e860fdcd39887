import type { Database } from 'better-sqlite3';
import type { Clock } from '../../drivers/ports.js';
import type { Connection } from './connection.js';
import type { Facts } from './gone.js';
import { writeMeta } from './meta.js';
import type { Log, Span } from './port.js';
import { findHoles } from './salvage/holes.js';

/** How many seqs are reserved at once. A power cut wastes at most so many; a reservation costs some page writes. */
export const reservedAhead: Record<Log, number> = { readings: 10_000, events: 100 };

const logs = ['readings', 'events'] as const;

/**
 * No seq is given twice, even where the newest transactions are lost with the write-ahead log: they may have been sent
 * already. So seqs are reserved in the database file itself, many at a time, and those that may have been given before
 * an unclean end are passed over.
 */
export interface Reservation {
  /** The seqs that may have been given and lost: none of them may be given any more. */
  doubtful: Partial<Record<Log, Span>>;
  /** To be called outside of a transaction, before seqs up to these are given. Most calls do nothing. */
  cover(last: Record<Log, number>): void;
  /** Gives back what was not used, as the database is closed in good order. */
  release(last: Record<Log, number>): void;
}

/**
 * @param last greatest seqs that the database knows
 * @param isReopened true where this run of the program has used the database before: then nothing can be lost
 */
export function reservation(
  { sqlite, meta }: Pick<Connection, 'sqlite' | 'meta'>,
  last: Record<Log, number>,
  isReopened: boolean,
): Reservation {
  meta.reserved ??= last;

  function write(reserved: Record<Log, number>): void {
    sqlite.transaction(() => writeMeta(sqlite, meta, reserved)).immediate();
    meta.reserved = reserved;
  }

  return {
    doubtful: isReopened ? {} : doubtfulSeqs(last, meta.reserved),
    cover(needed) {
      const reserved = meta.reserved ?? last;
      if (logs.every((log) => needed[log] <= reserved[log])) return;
      write({
        readings: Math.max(reserved.readings, needed.readings + reservedAhead.readings),
        events: Math.max(reserved.events, needed.events + reservedAhead.events),
      });
      // Only what stands in the file itself outlives the log; nor may an older image of it stay in the log.
      sqlite.pragma('wal_checkpoint(TRUNCATE)');
    },
    release(given) {
      if (logs.some((log) => given[log] !== meta.reserved?.[log])) write(given);
    },
  };
}

/**
 * After an end in good order all that is reserved was given. A database that knows of more than was reserved has lost
 * its newest reservation, and with it at most what one reserves.
 */
function doubtfulSeqs(last: Record<Log, number>, reserved: Record<Log, number>): Partial<Record<Log, Span>> {
  if (logs.every((log) => last[log] === reserved[log])) return {};
  const spanOf = (log: Log): Span => {
    const isBehind = last[log] > reserved[log];
    return { first: last[log] + 1, last: isBehind ? last[log] + reservedAhead[log] : reserved[log] };
  };
  const spans = logs.map((log) => [log, spanOf(log)] as const);
  return Object.fromEntries(spans.filter(([, { first, last }]) => first <= last));
}

/** The doubtful seqs, until none of them can be given any more. */
export interface Doubts {
  /** Puts them behind and on record, as part of the transaction that gives the first seqs. */
  pass(): void;
  /** That transaction has succeeded. */
  done(): void;
  /** It has not. */
  undone(): void;
  arePassed(): boolean;
  /** How many events say so, or will. */
  events(): number;
}

/** @param note records what is passed over, as part of the same transaction */
export function passOver(
  sqlite: Database,
  spans: Reservation['doubtful'],
  note: (facts: Facts) => void,
  clock: Pick<Clock, 'now'>,
): Doubts {
  const retire = sqlite.prepare<[Log, number]>(
    'INSERT INTO retired VALUES (?, ?) ON CONFLICT (log) DO UPDATE SET seq = max(seq, excluded.seq)',
  );
  const found = logs.flatMap((log) => {
    const span = spans[log];
    // What was lost with the log may have been in the middle, where the file had got newer pages already.
    return span ? [{ log, span, holes: findHoles(sqlite, log, 0).between }] : [];
  });
  let state: 'open' | 'passing' | 'passed' = found.length > 0 ? 'open' : 'passed';

  return {
    pass() {
      if (state !== 'open') return;
      state = 'passing';
      for (const { log, span } of found) retire.run(log, span.last);
      const time = clock.now();
      for (const { log, span, holes } of found) {
        for (const hole of holes) note({ log, what: 'damaged', width: 0, ...hole, after: 0 });
        note({ log, what: 'skipped', width: 0, ...span, least: time, greatest: time, before: 0, after: 0 });
      }
    },
    done() {
      if (state === 'passing') state = 'passed';
    },
    undone() {
      if (state === 'passing') state = 'open';
    },
    arePassed: () => state === 'passed',
    events: () => found.reduce((sum, { holes }) => sum + holes.length + 1, 0),
  };
}
