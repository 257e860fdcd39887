import type { Database } from 'better-sqlite3';
import type { Connection } from './connection.js';
import type { Facts } from './gone.js';
import { namesOf } from './logs.js';
import { writeMeta } from './meta.js';
import type { Log, Span } from './port.js';
import { findHoles } from './salvage/holes.js';

const logs = ['readings', 'events'] as const;

/**
 * How many seqs are reserved at once: twice as many each time, as a reservation costs some page writes and syncs. A
 * power cut wastes at most so many.
 */
const reservedAhead: Record<'first' | 'most', Record<Log, number>> = {
  first: { readings: 10_000, events: 100 },
  most: { readings: 100_000, events: 1_000 },
};

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
  let ahead = reservedAhead.first;
  let isInFile = true;

  function write(reserved: Record<Log, number>): void {
    sqlite.transaction(() => writeMeta(sqlite, meta, reserved)).immediate();
    meta.reserved = reserved;
  }

  return {
    doubtful: isReopened ? {} : doubtfulSeqs(last, meta.reserved),
    cover(needed) {
      const reserved = meta.reserved ?? last;
      if (logs.some((log) => needed[log] > reserved[log])) {
        isInFile = false;
        write(perLog((log) => Math.max(reserved[log], needed[log] + ahead[log])));
        ahead = perLog((log) => Math.min(2 * ahead[log], reservedAhead.most[log]));
      }
      if (isInFile) return;
      // Only what stands in the file itself outlives the log; nor may an older image of it stay in the log. A full disk
      // makes this throw; while another program reads, it is left for the next time.
      isInFile = sqlite.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0;
    },
    release(given) {
      if (logs.some((log) => given[log] !== meta.reserved?.[log])) write(given);
    },
  };
}

function perLog(count: (log: Log) => number): Record<Log, number> {
  return { readings: count('readings'), events: count('events') };
}

/**
 * After an end in good order all that is reserved was given. A database that knows of more than was reserved has lost
 * its newest reservation, and with it at most what one reserves.
 */
function doubtfulSeqs(last: Record<Log, number>, reserved: Record<Log, number>): Partial<Record<Log, Span>> {
  if (logs.every((log) => last[log] === reserved[log])) return {};
  const spanOf = (log: Log): Span => {
    const isBehind = last[log] > reserved[log];
    return { first: last[log] + 1, last: isBehind ? last[log] + reservedAhead.most[log] : reserved[log] };
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

/**
 * @param note records what is passed over, as part of the same transaction
 * @param now wall time in ms; null where it is not known
 */
export function passOver(
  sqlite: Database,
  spans: Reservation['doubtful'],
  note: (facts: Facts) => void,
  now: () => number | null,
): Doubts {
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
      for (const { log, span } of found) namesOf(sqlite, log).retire(span.last);
      const time = now();
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
