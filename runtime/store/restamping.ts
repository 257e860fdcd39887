import type { Database } from 'better-sqlite3';
import type { Boots } from './boots.js';
import type { PackedRow } from './packing.js';
import type { Packs, Unpacked } from './packs.js';
import type { Span } from './port.js';
import type { Rollups } from './rollups.js';
import type { Runs } from './runs.js';

/** Readings of one boot whose wall times are being computed from their monotonic times. */
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
  boots: Pick<Boots, 'synchronise'>;
  packs: Pick<Packs, 'of' | 'rewrite'>;
  runs: Pick<Runs, 'at' | 'measure'>;
  rollups: Pick<Rollups, 'upTo' | 'add'>;
  /** Is told of readings that have got their times. */
  onDone: (readings: Span) => void;
}

/**
 * Gives the rows of a boot their true wall times, once its clock has been synchronised: events at once, readings a run
 * at a time. Each step is whole or not at all, so it goes on after a power cut.
 */
export interface Restamping {
  /**
   * From now on a boot's times are believed, but for those of its readings that have yet to be stamped. To be called in
   * a transaction, once for a boot.
   *
   * @param origin wall time of the boot's monotonic time 0, in ms
   * @param last greatest seq of the readings to be stamped
   * @param now wall time in ms
   */
  begin(boot: number, origin: number, last: number, now: number): void;
  /** Does a piece of it, in a transaction; false where there is nothing to do. */
  step(): boolean;
  /** Whether a reading has yet to be stamped. */
  isAwaited(boot: number, seq: number): boolean;
  /** Where the readings that have yet to be stamped lie, in order. */
  awaited(): readonly Span[];
  /** To be called after a rollback. */
  forget(): void;
}

export function restamping(sqlite: Database, parts: RestampingParts): Restamping {
  const { boots, packs, runs, rollups, onDone } = parts;
  const afterOf = sqlite.prepare<[number], number>('SELECT after FROM boots WHERE id = ?').pluck();
  const add = sqlite.prepare<[number, number, number, number]>(
    'INSERT INTO restamps (boot, origin, after, last) VALUES (?, ?, ?, ?)',
  );
  const all = sqlite.prepare<[], Task>('SELECT boot, origin, after, last FROM restamps ORDER BY after');
  const advance = sqlite.prepare<[number, number]>('UPDATE restamps SET after = ? WHERE boot = ?');
  const remove = sqlite.prepare<[number]>('DELETE FROM restamps WHERE boot = ?');
  const stampEvents = sqlite.prepare<[number, number]>(
    'UPDATE events SET time = monotonic + ? WHERE boot = ?',
  );
  const stampOwnEvents = sqlite.prepare<[{ boot: number; origin: number; now: number }]>(
    `WITH shift (by) AS (SELECT @origin - (time - monotonic) FROM boots WHERE id = @boot)
     UPDATE events SET time = events.time + shift.by FROM shift
     WHERE boot = -@boot AND events.time + shift.by <= @now`,
  );
  let known: readonly Task[] | undefined;

  function tasks(): readonly Task[] {
    known ??= all.all();
    return known;
  }

  function stamp({ seq, boot, width, rows }: Unpacked, { origin }: Task): void {
    const stamped = rows.map((row): PackedRow => ({ ...row, time: row.monotonic + origin }));
    packs.rewrite(stamped, boot, width);
    // They were passed over when the readings around them were rolled up.
    if (seq <= rollups.upTo()) rollups.add(stamped, rollups.upTo());
  }

  return {
    begin(boot, given, last, now) {
      const origin = Math.round(given);
      const after = afterOf.get(boot) ?? 0;
      known = undefined;
      boots.synchronise(boot, origin);
      stampEvents.run(origin, boot);
      stampOwnEvents.run({ boot, origin, now });
      if (last > after) add.run(boot, origin, after, last);
    },
    step() {
      const [task] = all.all();
      if (!task) return false;
      known = undefined;
      const { boot, last } = task;
      const first = task.after + 1;
      const run = runs.at(first);
      const end = Math.min(run?.last ?? last, last);
      for (const pack of packs.of({ first, last: end })) {
        if (pack.seq <= end && pack.boot === boot && pack.rows.length > 0) stamp(pack, task);
      }
      if (run) runs.measure(run);
      if (end < last) {
        advance.run(end, boot);
      } else {
        remove.run(boot);
        onDone({ first: (afterOf.get(boot) ?? 0) + 1, last });
      }
      return true;
    },
    isAwaited: (boot, seq) =>
      tasks().some((task) => task.boot === boot && seq > task.after && seq <= task.last),
    awaited: () => tasks().map(({ after, last }) => ({ first: after + 1, last })),
    forget() {
      known = undefined;
    },
  };
}
