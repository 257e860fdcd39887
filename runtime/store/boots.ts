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

/** This boot, while its wall times are not believed yet. */
export interface ProvisionalBoot {
  id: number;
  /** Greatest seq of the readings before its first. */
  after: number;
}

export interface Boots {
  /** True where this boot has committed already. */
  isKnown(): boolean;
  /**
   * The small integer that stands for this boot. It is given at the first commit, so that a database can be opened,
   * and read, on a full disk.
   *
   * @param after greatest seq of the readings before its first
   * @param origin wall time of its monotonic time 0, in ms, where that has become known since its start
   */
  idOf(after: number, origin: number | undefined): number;
  /** The same, where it was given; undefined before. */
  ownId(): number | undefined;
  /** To be called after a rollback: what was written in it is void. */
  forget(): void;
  /** Whether the wall times of a boot are not believed: its clock was not synchronised, or has not been yet. */
  isUnsynchronised(id: number): boolean;
  /** Undefined where this boot's times are believed, and before its first commit. */
  provisional(): ProvisionalBoot | undefined;
  /** A wall time, in ms, that was after a boot's end: the start of the next one whose times are believed. */
  endedBy(id: number): number | undefined;
  /** From now on a boot's times are believed. @param origin wall time of its monotonic time 0, in ms */
  synchronise(id: number, origin: number): void;
}

export function bootTable(sqlite: Database, { name, time, monotonic, unsynchronised }: Boot): Boots {
  const find = sqlite.prepare<[string], number>('SELECT id FROM boots WHERE name = ?').pluck();
  const insert = sqlite.prepare<[string, number, number, number | null, number]>(
    'INSERT INTO boots (name, time, monotonic, origin, after) VALUES (?, ?, ?, ?, ?)',
  );
  const unbelieved = sqlite.prepare<[], number>('SELECT id FROM boots WHERE origin IS NULL').pluck();
  const own = sqlite.prepare<[string], ProvisionalBoot>(
    'SELECT id, after FROM boots WHERE name = ? AND origin IS NULL',
  );
  const nextStart = sqlite
    .prepare<[number], number>(
      'SELECT origin + monotonic FROM boots WHERE id > ? AND origin NOTNULL ORDER BY id LIMIT 1',
    )
    .pluck();
  const setOrigin = sqlite.prepare<[number, number]>('UPDATE boots SET origin = ? WHERE id = ?');
  let marked: Set<number> | undefined;
  let id: number | undefined;

  function add(after: number, known: number | undefined): number {
    const origin = known ?? (unsynchronised ? null : time - monotonic);
    const rounded = origin === null ? null : Math.round(origin);
    marked = undefined;
    return Number(insert.run(name, Math.round(time), Math.round(monotonic), rounded, after).lastInsertRowid);
  }

  return {
    isKnown: () => find.get(name) !== undefined,
    idOf(after, origin) {
      id ??= find.get(name) ?? add(after, origin);
      return id;
    },
    ownId: () => id ?? find.get(name),
    forget() {
      id = undefined;
      marked = undefined;
    },
    isUnsynchronised(boot) {
      marked ??= new Set(unbelieved.all());
      return marked.has(boot);
    },
    provisional: () => own.get(name),
    endedBy: (boot) => nextStart.get(boot),
    synchronise(boot, origin) {
      setOrigin.run(Math.round(origin), boot);
      marked = undefined;
    },
  };
}
