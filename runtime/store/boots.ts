import type { Database } from 'better-sqlite3';

/** A run of the program: the time that its monotonic times count in. */
export interface Boot {
  /** Unique among all runs. */
  name: string;
  /** Wall and monotonic time, in ms, read together at its start. */
  time: number;
  monotonic: number;
}

/** The small integer that stands for this boot. */
export interface BootId {
  /** True where this boot has committed already. */
  isKnown(): boolean;
  /** Given at the first commit, so that a database can be opened, and read, on a full disk. */
  get(): number;
  /** To be called after a rollback: an id given in it is void. */
  forget(): void;
}

export function bootId(sqlite: Database, { name, time, monotonic }: Boot): BootId {
  const find = sqlite.prepare<[string], number>('SELECT id FROM boots WHERE name = ?').pluck();
  const insert = sqlite.prepare<[string, number, number]>(
    'INSERT INTO boots (name, time, monotonic) VALUES (?, ?, ?)',
  );
  let id: number | undefined;
  return {
    isKnown: () => find.get(name) !== undefined,
    get() {
      id ??=
        find.get(name) ?? Number(insert.run(name, Math.round(time), Math.round(monotonic)).lastInsertRowid);
      return id;
    },
    forget() {
      id = undefined;
    },
  };
}
