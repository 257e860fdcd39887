import type { Database } from 'better-sqlite3';
import type { Quality } from '../../config/catalogue/quality.js';
import { type Aggregate, addTo, emptyAggregate, merge } from './aggregate.js';
import { type ByteReader, byteReader, byteWriter } from './bytes.js';
import { plain, readNumber, writeNumber } from './decimal.js';
import type { PackedRow } from './packing.js';

/** Width, in ms, of the spans that history is kept in when single readings are gone. */
export const rollupWidth = 600_000;

/** Bytes that a row takes beside its body. */
const aroundBody = 20;

/** Count, sum, range and flags of each stream over spans of 10 min, aligned to 1970. */
export interface Rollups {
  /** The greatest seq that is in them; all readings up to it are. */
  upTo(): number;
  /** Adds the readings that follow, in whatever spans they lie, and says up to where. */
  add(rows: readonly PackedRow[], upTo: number): void;
  /** One stream's, the latest first, of spans that start in [from, to). Nothing may be asked of SQLite in between. */
  of(stream: number, from: number, to: number): Iterable<{ start: number; aggregate: Aggregate }>;
  /** Bytes that they take, taking all for as large as the newest. */
  bytes(): number;
  dropOldest(spans: number): void;
}

interface Row {
  start: number;
  body: Buffer;
}

export function rollupTable(sqlite: Database): Rollups {
  const upTo = sqlite.prepare<[], number>('SELECT seq FROM rolled').pluck();
  const move = sqlite.prepare<[number]>('UPDATE rolled SET seq = ?');
  const get = sqlite.prepare<[number], Row>('SELECT start, body FROM rollups WHERE start = ?');
  const put = sqlite.prepare<[number, Buffer]>(
    'INSERT INTO rollups VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body',
  );
  const between = sqlite.prepare<[number, number], Row>(
    'SELECT start, body FROM rollups WHERE start >= ? AND start < ? ORDER BY start DESC',
  );
  const count = sqlite.prepare<[], number>('SELECT count(*) FROM rollups').pluck();
  const length = sqlite
    .prepare<[], number>('SELECT length(body) FROM rollups ORDER BY start DESC LIMIT 1')
    .pluck();
  const drop = sqlite.prepare<[number]>(
    'DELETE FROM rollups WHERE start IN (SELECT start FROM rollups ORDER BY start LIMIT ?)',
  );

  /** Counted once, and kept up; a rollback makes it wrong by one or two. */
  let spans: number | undefined;

  return {
    upTo: () => upTo.get() ?? 0,
    add(rows, last) {
      for (const [start, streams] of bySpan(rows)) {
        const known = get.get(start);
        for (const [stream, aggregate] of known ? read(known) : []) {
          const more = streams.get(stream);
          if (more) merge(aggregate, more);
          streams.set(stream, aggregate);
        }
        put.run(start, write(start, streams));
        if (!known && spans !== undefined) spans += 1;
      }
      move.run(last);
    },
    *of(stream, from, to) {
      for (const row of between.iterate(from, to)) {
        const aggregate = read(row).get(stream);
        if (aggregate) yield { start: row.start, aggregate };
      }
    },
    bytes() {
      spans ??= count.get() ?? 0;
      return spans * ((length.get() ?? 0) + aroundBody);
    },
    dropOldest(gone) {
      drop.run(gone);
      spans = undefined;
    },
  };
}

type Streams = Map<number, Aggregate>;

function bySpan(rows: readonly PackedRow[]): Map<number, Streams> {
  const spans = new Map<number, Streams>();
  let start = Number.NaN;
  let streams: Streams = new Map();
  for (const row of rows) {
    if (!(row.time >= start && row.time < start + rollupWidth)) {
      start = Math.floor(row.time / rollupWidth) * rollupWidth;
      streams = getOrAdd(spans, start, () => new Map());
    }
    addTo(getOrAdd(streams, row.stream, emptyAggregate), row);
  }
  return spans;
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function write(start: number, streams: Streams): Buffer {
  const writer = byteWriter();
  for (const [stream, { count, sum, least, greatest, best, worstLeftOut }] of streams) {
    writer.count(stream);
    writer.count(count);
    writer.byte(best * 16 + worstLeftOut);
    if (count === 0) continue;
    for (const number of [sum, least, greatest]) writeNumber(writer, number);
  }
  return writer.sealed(labelOf(start));
}

/** What is damaged counts as nothing: history has a hole then. */
function read({ start, body }: Row): Streams {
  const streams: Streams = new Map();
  try {
    const reader = byteReader(body, labelOf(start));
    while (!reader.atEnd()) streams.set(reader.count(), readAggregate(reader));
  } catch {
    streams.clear();
  }
  return streams;
}

function readAggregate(reader: ByteReader): Aggregate {
  const count = reader.count();
  const flags = reader.byte();
  const best = Math.floor(flags / 16) as Quality;
  const worstLeftOut = (flags % 16) as Quality;
  if (count === 0) return { ...emptyAggregate(), best, worstLeftOut };
  const [sum, least, greatest] = [readNumber(reader), readNumber(reader), readNumber(reader)].map(plain);
  return { count, sum: sum ?? 0, least: least ?? 0, greatest: greatest ?? 0, best, worstLeftOut };
}

function labelOf(start: number): string {
  return `rollup ${start}`;
}
