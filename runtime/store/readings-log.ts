import type { Database } from 'better-sqlite3';
import type { Reading, StoredReading } from '../reading.js';
import type { Boots } from './boots.js';
import { type LogTable, namesOf } from './logs.js';
import type { PackedRow } from './packing.js';
import type { Packs } from './packs.js';
import type { Streams } from './streams.js';

/** The log of readings, as single rows. Seqs are given without a gap; thinning and dropping make gaps. */
export function readingsLog(
  sqlite: Database,
  packs: Packs,
  streams: Streams,
  boots: Pick<Boots, 'isUnsynchronised'>,
): LogTable<Reading, StoredReading> {
  const { last, lastOf, lastBefore } = namesOf(sqlite, 'readings');

  function stored(
    { stream, count, value, raw, ...row }: PackedRow,
    width: number,
    boot: number,
  ): StoredReading {
    const mark = boots.isUnsynchronised(boot) && { unsynchronised: true as const };
    const reading = { ...row, stream: streams.byId(stream), ...mark };
    if (width === 0) return { ...reading, value, raw };
    const mean = value === null ? null : value / count;
    return { ...reading, value: mean, raw: mean, mean: { width, count } };
  }

  return {
    last,
    lastOf,
    first() {
      const [oldest] = packs.of({ first: 0, last: 0 });
      return oldest?.rows[0]?.seq;
    },
    lastBefore(seq) {
      const [around] = packs.of({ first: seq, last: seq });
      return around?.rows.findLast((row) => row.seq < seq)?.seq ?? lastBefore(seq);
    },
    append(after, boot, readings) {
      const rows = readings.map((reading, index) => ({
        seq: after + 1 + index,
        stream: streams.idOf(reading.stream),
        time: Math.round(reading.time),
        monotonic: Math.round(reading.monotonic),
        value: reading.value,
        raw: reading.raw,
        quality: reading.quality,
        count: 1,
      }));
      packs.add(rows, boot, 0);
    },
    within({ first, last }, most) {
      const rows: StoredReading[] = [];
      for (const { rows: packed, width, boot } of packs.of({ first, last })) {
        for (const row of packed) {
          if (row.seq < first || row.seq > last) continue;
          if (rows.length === most) return rows;
          rows.push(stored(row, width, boot));
        }
      }
      return rows;
    },
  };
}
