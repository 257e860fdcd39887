import type { Database } from 'better-sqlite3';
import type { Boots } from './boots.js';
import type { PackedRow } from './packing.js';
import type { Packs } from './packs.js';
import type { Rollups } from './rollups.js';
import type { Runs } from './runs.js';

/** Packs that one step takes. */
const PACKS = 200;

/** Rows whose wall times are being computed from their monotonic times. */
interface Task {
  boot: number;
  /** Wall time of the boot's monotonic time 0, in ms. */
  origin: number;
  /** The readings that are left lie after this seq, */
  after: number;
  /** and up to this. */
  last: number;
}

export interface RestampingParts {
  boots: Boots;
  packs: Packs;
  runs: Runs;
  rollups: Rollups;
}

/**
 * Gives the rows of a boot their true wall times, once its clock has been synchronised: in small steps, which go on
 * after a power cut. Until the last of them, the boot's times are not believed.
 */
export interface Restamping {
  /**
   * To be called in a transaction; only the first call for a boot counts.
   *
   * @param last greatest seq of the readings to be stamped
   */
  begin(boot: number, origin: number, last: number): void;
  /** Does a piece of it, in a transaction; false where there is nothing to do. */
  step(): boolean;
}

export function restamping(sqlite: Database, { boots, packs, runs, rollups }: RestampingParts): Restamping {
  const after = sqlite.prepare<[number], number>('SELECT after FROM boots WHERE id = ?').pluck();
  const add = sqlite.prepare<[number, number, number, number]>(
    'INSERT OR IGNORE INTO restamps (boot, origin, after, last) VALUES (?, ?, ?, ?)',
  );
  const next = sqlite.prepare<[], Task>('SELECT boot, origin, after, last FROM restamps LIMIT 1');
  const advance = sqlite.prepare<[number, number]>('UPDATE restamps SET after = ? WHERE boot = ?');
  const remove = sqlite.prepare<[number]>('DELETE FROM restamps WHERE boot = ?');
  const stampEvents = sqlite.prepare<[number, number]>(
    'UPDATE events SET time = monotonic + ? WHERE boot = ?',
  );

  function stampPacks({ boot, origin, after, last }: Task): number | undefined {
    const taken = [];
    for (const pack of packs.of({ first: after + 1, last })) {
      if (pack.seq > last || taken.length === PACKS) break;
      taken.push(pack);
    }
    const own = taken.filter((pack) => pack.boot === boot && pack.rows.length > 0);
    for (const { seq, width, rows } of own) {
      const stamped = rows.map((row): PackedRow => ({ ...row, time: row.monotonic + origin }));
      packs.remove({ first: seq, last: seq });
      packs.add(stamped, boot, width);
      // They were passed over when the rows around them were rolled up.
      if (seq <= rollups.upTo()) rollups.add(stamped, rollups.upTo());
    }
    return taken.at(-1)?.seq;
  }

  return {
    begin(boot, origin, last) {
      const isNew = add.run(boot, Math.round(origin), after.get(boot) ?? 0, last).changes > 0;
      if (isNew) stampEvents.run(Math.round(origin), boot);
    },
    step() {
      const task = next.get();
      if (!task) return false;
      const reached = stampPacks(task);
      if (reached !== undefined && reached < task.last) {
        advance.run(reached, task.boot);
        return true;
      }
      runs.forget((after.get(task.boot) ?? 0) + 1);
      remove.run(task.boot);
      boots.synchronise(task.boot, task.origin);
      return true;
    },
  };
}
