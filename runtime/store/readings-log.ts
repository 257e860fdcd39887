import type { Database } from 'better-sqlite3';
import type { Reading, StoredReading } from '../reading.js';
import { type LogTable, namesOf } from './logs.js';
import { madeBy, makingOf } from './making.js';
import type { PackedRow } from './packing.js';
import type { Packs } from './packs.js';
import type { Streams } from './streams.js';

/** Whether the wall times of a pack are not believed, or not yet. */
export type IsMarked = (boot: number, seq: number) => boolean;

/** The log of readings, as single rows. Seqs are given without a gap; thinning and dropping make gaps. */
export function readingsLog(
  sqlite: Database,
  packs: Packs,
  streams: Streams,
  isMarked: IsMarked,
): LogTable<Reading, StoredReading> {
  const { last, lastOf, lastBefore, retire } = namesOf(sqlite, 'readings');

  /** Thousands of rows come by here for each lease: they are written out, as copying them piecemeal costs more. */
  function stored(row: PackedRow, width: number, marked: boolean): StoredReading {
    const { seq, time, monotonic, quality, count } = row;
    const stream = streams.byId(row.stream);
    const mean = row.value === null ? null : row.value / count;
    const reading: StoredReading =
      width === 0
        ? { seq, stream, time, monotonic, value: row.value, raw: row.raw, quality }
        : { seq, stream, time, monotonic, value: mean, raw: mean, quality, mean: { width, count } };
    if (marked) reading.unsynchronised = true;
    if (row.making) Object.assign(reading, madeBy(row.making));
    return reading;
  }

  return {
    last,
    lastOf,
    retire,
    first() {
      const [oldest] = packs.of({ first: 0, last: 0 });
      return oldest?.rows[0]?.seq;
    },
    lastBefore(seq) {
      const [around] = packs.of({ first: seq, last: seq });
      return around?.rows.findLast((row) => row.seq < seq)?.seq ?? lastBefore(seq);
    },
    append(after, boot, readings) {
      const rows = readings.map((reading, index): PackedRow => {
        const making = makingOf(reading);
        return {
          seq: after + 1 + index,
          stream: streams.idOf(reading.stream),
          time: Math.round(reading.time),
          monotonic: Math.round(reading.monotonic),
          value: reading.value,
          raw: reading.raw,
          quality: reading.quality,
          count: 1,
          ...(making && { making }),
        };
      });
      packs.add(rows, boot, 0);
    },
    within({ first, last }, most) {
      const rows: StoredReading[] = [];
      for (const { seq, rows: packed, width, boot } of packs.of({ first, last })) {
        const marked = isMarked(boot, seq);
        for (const row of packed) {
          if (row.seq < first || row.seq > last) continue;
          if (rows.length === most) return rows;
          rows.push(stored(row, width, marked));
        }
      }
      return rows;
    },
  };
}
