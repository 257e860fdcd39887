import { quality } from '../../config/catalogue/quality.js';
import { type Aggregate, addTo, emptyAggregate, flagOf } from './aggregate.js';
import { commonMaking, type Making, withoutDoubts } from './making.js';
import type { BootRow } from './runs.js';

interface Bin {
  aggregate: Aggregate;
  start: number;
  newest: BootRow;
  making: Making | undefined;
}

/**
 * Means in the place of rows: one for each stream, boot and span of time of this width, aligned to 1970. A mean takes
 * the seq of the last row that it stands for; with its width, that is its name for ever. Its time is the start of the
 * span. Only what has the best flag of them counts, and what failed or is missing never does; but its flag stays where
 * there is nothing else.
 *
 * @param rows in the order of their seqs
 */
export function thin(rows: readonly BootRow[], width: number): BootRow[] {
  const bins = new Map<string, Bin>();
  for (const row of rows) {
    const start = Math.floor(row.time / width) * width;
    const key = `${row.stream} ${row.boot} ${start}`;
    let bin = bins.get(key);
    if (!bin) {
      bin = { aggregate: emptyAggregate(), start, newest: row, making: row.making };
      bins.set(key, bin);
    }
    addTo(bin.aggregate, row);
    bin.newest = row;
    bin.making = commonMaking(bin.making, row.making);
  }
  return [...bins.values()].map(meanOf).sort((a, b) => a.seq - b.seq);
}

function meanOf({ aggregate, start, newest, making }: Bin): BootRow {
  const { seq, stream, boot, monotonic, time } = newest;
  const { count, sum } = aggregate;
  const flag = flagOf(aggregate);
  // What was doubted did not go into what passed.
  const told = flag === quality.pass ? withoutDoubts(making) : making;
  return {
    seq,
    stream,
    boot,
    time: start,
    monotonic: monotonic - (time - start),
    value: count > 0 ? sum : null,
    raw: null,
    quality: flag,
    count,
    ...(told && { making: told }),
  };
}
