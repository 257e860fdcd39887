import { type Aggregate, addTo, emptyAggregate, flagOf } from './aggregate.js';
import type { BootRow } from './runs.js';

interface Bin {
  aggregate: Aggregate;
  start: number;
  newest: BootRow;
}

/**
 * Means in the place of rows: one for each stream, boot and span of time of this width, aligned to 1970. A mean takes
 * the seq of the last row that it stands for; with its width, that is its name for ever. Its time is the start of the
 * span. What failed or is missing does not count, but its flag stays where there is nothing else.
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
      bin = { aggregate: emptyAggregate(), start, newest: row };
      bins.set(key, bin);
    }
    addTo(bin.aggregate, row);
    bin.newest = row;
  }
  return [...bins.values()].map(meanOf).sort((a, b) => a.seq - b.seq);
}

function meanOf({ aggregate, start, newest }: Bin): BootRow {
  const { seq, stream, boot, monotonic, time } = newest;
  const { count, sum } = aggregate;
  return {
    seq,
    stream,
    boot,
    time: start,
    monotonic: monotonic - (time - start),
    value: count > 0 ? sum : null,
    raw: null,
    quality: flagOf(aggregate),
    count,
  };
}
