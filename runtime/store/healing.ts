import { existsSync } from 'node:fs';
import type { Clock } from '../../drivers/ports.js';
import { type Connection, connect } from './connection.js';
import { type Database, type DatabaseOptions, databaseOn } from './database.js';
import { usualLimits } from './limits.js';
import type { Meta } from './meta.js';
import type { Salvage } from './port.js';
import { isDamage, unusable } from './problems.js';
import { mend } from './salvage/mend.js';
import { salvage } from './salvage/salvage.js';
import { isSetAside, keepDamaged, setAside } from './salvage/set-aside.js';

/** The least time between two salvages, in ms: where the card damages all that it is given, salvaging helps nobody. */
const PAUSE = 60_000;

/** A database that mends itself. */
export interface HealingDatabase {
  /** Performs an operation; where the file turns out to be damaged, once more on what could be salvaged of it. */
  perform<O extends keyof Database>(operation: O, ...args: Parameters<Database[O]>): ReturnType<Database[O]>;
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
  const { file, boot, limits = usualLimits, ...identity } = options;
  const opened = clock.monotonic();
  let salvagedAt = Number.NEGATIVE_INFINITY;
  let connection = open(undefined);
  let database = databaseOn(connection, boot, clock, limits);

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
    const start = clock.monotonic();
    salvagedAt = start;
    const time = clock.now();
    const moment = { time, monotonic: boot.monotonic + start - opened };
    try {
      const { out, mended } = salvage({ file, identity, known }, (sqlite, out) => mend(sqlite, out, moment));
      const path = keepDamaged(file, time, limits.quota);
      const again = connect(file, identity);
      const { damagedPages: pages, sameEpoch } = out;
      const told = { time, file: path, ...mended, pages, sameEpoch, took: clock.monotonic() - start };
      tell(told);
      return { ...again, salvaged: told };
    } catch (error) {
      throw unusable(file, 'salvaged', error);
    }
  }

  function heal(error: unknown): void {
    if (!isDamage(error) || clock.monotonic() - salvagedAt < PAUSE) throw error;
    // Before it is closed: SQLite would write its log into the damaged file.
    setAside(file);
    connection.sqlite.close();
    connection = open(connection.meta);
    database = databaseOn(connection, boot, clock, limits);
  }

  return {
    perform(operation, ...args) {
      const attempt = () => {
        const perform = database[operation] as (...args: Parameters<Database[typeof operation]>) => unknown;
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
