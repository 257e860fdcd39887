import type { EventRetention } from './event-retention.js';
import type { Ledger } from './ledger.js';
import type { PackedRow } from './packing.js';
import type { Packs } from './packs.js';
import type { IsMarked } from './readings-log.js';
import type { Retention } from './retention.js';
import { type Rollups, rollupWidth } from './rollups.js';
import type { Space } from './space.js';

/** Shares of the room at which rows begin to give way, and at which it is enough. */
const full = 0.95;
const roomy = 0.85;

/** Share of the room that history may take when single readings are gone. */
const forHistory = 1 / 4;

/** Rows that one step adds to the rollups, at least. */
const ROWS = 5_000;

export interface UpkeepParts {
  /** Gives some rows their true times. */
  restamp: () => boolean;
  isMarked: IsMarked;
  packs: Packs;
  rollups: Rollups;
  space: Space;
  readings: Retention;
  events: EventRetention;
  ledger: Pick<Ledger, 'shorten'>;
  /** How many entries the ledger may have. */
  mostEntries: number;
  /** How large the file may grow, in bytes. */
  room: number;
  /** Time of the newest reading, in ms; undefined before the first. */
  newestTime: () => number | undefined;
  /** Runs a step as one transaction that need not reach the card at once. */
  lazily: (step: () => boolean) => boolean;
  /** Runs a step as one transaction. */
  surely: (step: () => boolean) => boolean;
}

/**
 * Does the next small piece of what has to be done beside committing: rolls up, makes room, gives back what is free.
 * True where more is to be done now.
 */
export function upkeep(parts: UpkeepParts): () => boolean {
  const { packs, rollups, space, readings, events, ledger, mostEntries, room } = parts;
  const { restamp, isMarked, newestTime, lazily, surely } = parts;
  let rolledUp: number | undefined;
  let short = false;

  function rollUp(): boolean {
    const time = newestTime();
    const span = time === undefined ? undefined : Math.floor(time / rollupWidth);
    if (span === rolledUp) return false;
    const rows: PackedRow[] = [];
    let seen = 0;
    let last = rollups.upTo();
    for (const pack of packs.of({ first: last + 1, last: Number.MAX_SAFE_INTEGER })) {
      // Times that are not believed would spoil other times' means; these rows follow when they have got theirs.
      if (!isMarked(pack.boot, pack.seq)) rows.push(...pack.rows);
      seen += pack.rows.length;
      last = pack.seq;
      if (seen >= ROWS) break;
    }
    rollups.add(rows, last);
    if (seen < ROWS) rolledUp = span;
    return seen >= ROWS;
  }

  function trimRollups(): boolean {
    if (rollups.bytes() < room * forHistory) return false;
    rollups.dropOldest(100);
    return true;
  }

  function makeRoom(): boolean {
    return readings.release() || readings.thin() || readings.drop();
  }

  return () => {
    if (lazily(() => restamp() || rollUp() || trimRollups() || ledger.shorten(mostEntries))) return true;
    if (surely(() => readings.clear() || events.trim())) return true;
    short = space.used() > room * (short ? roomy : full);
    if (short) return surely(makeRoom);
    return lazily(readings.releaseOld) || space.shrink();
  };
}
