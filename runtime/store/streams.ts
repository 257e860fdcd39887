import type { Database } from 'better-sqlite3';
import type { Stream } from '../reading.js';
import { damage } from './problems.js';

/** The small integers that stand for streams. */
export interface Streams {
  /** The id of a stream, given at its first reading. */
  idOf(stream: Stream): number;
  byId(id: number): Stream;
  /** The id of the newest stream of that name (`sensor/property`). */
  named(name: string): number | undefined;
  /** To be called after a rollback: ids given in it are void. */
  forget(): void;
}

type Row = Pick<Stream, 'sensor' | 'property' | 'unit'>;

export function streamTable(sqlite: Database): Streams {
  const find = sqlite
    .prepare<[string, string, string], number>(
      'SELECT id FROM streams WHERE sensor = ? AND property = ? AND unit = ?',
    )
    .pluck();
  const insert = sqlite.prepare<[string, string, string]>(
    'INSERT INTO streams (sensor, property, unit) VALUES (?, ?, ?)',
  );
  const read = sqlite.prepare<[number], Row>('SELECT sensor, property, unit FROM streams WHERE id = ?');
  const newest = sqlite
    .prepare<[string], number>(
      "SELECT id FROM streams WHERE sensor || '/' || property = ? ORDER BY id DESC LIMIT 1",
    )
    .pluck();

  const ids = new Map<string, number>();
  /** The same, for objects that were asked for before: one batch has thousands of readings of few streams. */
  let known = new WeakMap<Stream, number>();
  const streams = new Map<number, Stream>();

  function idOf({ sensor, property, unit }: Stream): number {
    const key = `${sensor}/${property}/${unit}`;
    const id =
      ids.get(key) ??
      find.get(sensor, property, unit) ??
      Number(insert.run(sensor, property, unit).lastInsertRowid);
    ids.set(key, id);
    return id;
  }

  return {
    idOf(stream) {
      const id = known.get(stream) ?? idOf(stream);
      known.set(stream, id);
      return id;
    },
    byId(id) {
      const known = streams.get(id);
      if (known) return known;
      const row = read.get(id);
      if (!row) throw damage(`there is no stream ${id}`);
      const stream = { id: `${row.sensor}/${row.property}`, ...row };
      streams.set(id, stream);
      return stream;
    },
    named: (name) => newest.get(name),
    forget() {
      ids.clear();
      known = new WeakMap();
      streams.clear();
    },
  };
}
