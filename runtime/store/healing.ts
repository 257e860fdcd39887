import { existsSync } from 'node:fs';
import type { Clock } from '../../drivers/ports.js';
import { type Connection, connect } from './connection.js';
import { type Database, type DatabaseOptions, databaseOn } from './database.js';
import { usualLimits } from './limits.js';
import type { Meta } from './meta.js';
import type { Salvage } from './port.js';
import { isDamage, isFull, unusable } from './problems.js';
import { mend } from './salvage/mend.js';
import { salvage } from './salvage/salvage.js';
import { dropKept, isSetAside, keepDamaged, setAside } from './salvage/set-aside.js';

/** The least time between two salvages, in ms: where the card damages all that it is given, salvaging helps nobody. */
const PAUSE = 60_000;

/** A database that mends itself. */
export interface HealingDatabase {
  /** Performs an operation; where the file turns out to be damaged, once more on what could be salvaged of it. */
  perform<O extends keyof Database>(operation: O, ...args: Parameters<Database[O]>): ReturnType<Database[O]>;
}

interface Opened {
  connection: Connection;
  database: Database;
}

/**
 * Opens the database, or what can be salvaged of it. Throws (STORE_UNUSABLE) where neither can be.
 *
 * @param tell is called with each salvage
 */
export function healingDatabase(
  options: DatabaseOptions,
  clock: Pick<Clock, 'now' | 'monotonic'>,
  tell: (salvage: Salvage) => void,
): HealingDatabase {
  const { file, boot, limits = usualLimits, saving, ...identity } = options;
  const start = clock.monotonic();
  let salvagedAt = Number.NEGATIVE_INFINITY;
  let failure: unknown;
  /** The last salvage. */
  let salvaged: Salvage | null = null;
  /** Undefined while the salvage of a file that was set aside has yet to succeed. */
  let opened: Opened | undefined = openUp(undefined);
  let known = opened.connection.meta;

  /** @param known what is remembered of a file that was open before */
  function openUp(known: Meta | undefined): Opened {
    const connection = open(known);
    return { connection, database: databaseOn({ ...connection, salvaged }, boot, clock, limits, saving) };
  }

  function open(known: Meta | undefined): Connection {
    // A power cut may have ended a salvage: before the new file was in its place, or right after.
    if (isSetAside(file) && !existsSync(file)) return openSalvaged(known);
    if (isSetAside(file)) keepDamaged(file, clock.now(), limits.quota);
    try {
      return connect(file, identity);
    } catch (error) {
      if (!isDamage(error) || !isSetAside(file)) throw error;
      return openSalvaged(known);
    }
  }

  function openSalvaged(known: Meta | undefined): Connection {
    salvagedAt = clock.monotonic();
    const time = clock.now();
    const moment = { time, monotonic: boot.monotonic + salvagedAt - start };
    const attempt = () => salvage({ file, identity, known }, (sqlite, out) => mend(sqlite, out, moment));
    try {
      const { out, mended } = attemptWithRoom(attempt);
      const path = keepDamaged(file, time, limits.quota);
      const { damagedPages: pages, sameEpoch } = out;
      const took = clock.monotonic() - salvagedAt;
      salvaged = { time, file: path, ...mended, pages, sameEpoch, took };
      tell(salvaged);
      return connect(file, identity);
    } catch (error) {
      throw unusable(file, 'salvaged', error);
    }
  }

  /** For a while there are two files. Where there is no room for both, those kept from earlier damage have to go. */
  function attemptWithRoom<T>(attempt: () => T): T {
    try {
      return attempt();
    } catch (error) {
      if (!isFull(error) || !dropKept(file)) throw error;
      return attempt();
    }
  }

  function isTooSoon(): boolean {
    return clock.monotonic() - salvagedAt < PAUSE;
  }

  /** The open database, or what has become of it since a salvage failed. */
  function current(): Database {
    if (!opened) {
      if (isTooSoon()) throw failure;
      opened = reopen();
    }
    return opened.database;
  }

  function reopen(): Opened {
    try {
      return openUp(known);
    } catch (error) {
      failure = error;
      throw error;
    }
  }

  function heal(error: unknown): void {
    if (!opened || !isDamage(error) || isTooSoon()) throw error;
    const { connection } = opened;
    // Before it is closed: SQLite would write its log into the damaged file.
    setAside(file);
    connection.sqlite.close();
    known = connection.meta;
    opened = undefined;
    opened = reopen();
  }

  return {
    perform(operation, ...args) {
      const attempt = () => {
        const perform = current()[operation] as (...args: Parameters<Database[typeof operation]>) => unknown;
        return perform(...args) as ReturnType<Database[typeof operation]>;
      };
      try {
        return attempt();
      } catch (error) {
        heal(error);
        return attempt();
      }
    },
  };
}
