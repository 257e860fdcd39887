import type { Database } from 'better-sqlite3';

/** A run of the program: the time that its monotonic times count in. */
export interface Boot {
  /** Unique among all runs. */
  name: string;
  /** Wall and monotonic time, in ms, read together at its start. */
  time: number;
  monotonic: number;
  /** Present where that wall time was not to be believed. */
  unsynchronised?: true;
}

export interface Boots {
  /** True where this boot has committed already. */
  isKnown(): boolean;
  /**
   * The small integer that stands for this boot. It is given at the first commit, so that a database can be opened,
   * and read, on a full disk.
   *
   * @param after greatest seq of the readings before its first
   */
  idOf(after: number): number;
  /** To be called after a rollback: what was written in it is void. */
  forget(): void;
  /** Whether the wall times of a boot's rows are not to be believed. */
  isUnsynchronised(id: number): boolean;
  /** Where this boot's times are not believed yet: the greatest seq of the readings before its first. */
  heldAfter(): number | undefined;
  /** From now on a boot's times are believed. @param origin wall time of its monotonic time 0, in ms */
  synchronise(id: number, origin: number): void;
}

export function bootTable(sqlite: Database, { name, time, monotonic, unsynchronised }: Boot): Boots {
  const find = sqlite.prepare<[string], number>('SELECT id FROM boots WHERE name = ?').pluck();
  const insert = sqlite.prepare<[string, number, number, number | null, number]>(
    'INSERT INTO boots (name, time, monotonic, origin, after) VALUES (?, ?, ?, ?, ?)',
  );
  const unbelieved = sqlite.prepare<[], number>('SELECT id FROM boots WHERE origin IS NULL').pluck();
  const afterOf = sqlite
    .prepare<[string], number>('SELECT after FROM boots WHERE name = ? AND origin IS NULL')
    .pluck();
  const setOrigin = sqlite.prepare<[number, number]>('UPDATE boots SET origin = ? WHERE id = ?');
  let marked: Set<number> | undefined;
  let id: number | undefined;

  function add(after: number): number {
    const origin = unsynchronised ? null : Math.round(time - monotonic);
    marked = undefined;
    return Number(insert.run(name, Math.round(time), Math.round(monotonic), origin, after).lastInsertRowid);
  }

  return {
    isKnown: () => find.get(name) !== undefined,
    idOf(after) {
      id ??= find.get(name) ?? add(after);
      return id;
    },
    forget() {
      id = undefined;
      marked = undefined;
    },
    isUnsynchronised(boot) {
      marked ??= new Set(unbelieved.all());
      return marked.has(boot);
    },
    heldAfter: () => afterOf.get(name),
    synchronise(boot, origin) {
      setOrigin.run(origin, boot);
      marked = undefined;
    },
  };
}
