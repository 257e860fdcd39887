import { type Quality, quality } from '../../config/catalogue/quality.js';
import type { HistoryPoint, HistoryQuery } from './port.js';

/** What history needs to know of a reading. */
export interface PastReading {
  seq: number;
  time: number;
  value: number | null;
  quality: Quality;
}

/** Makes points of readings, which may come in any order. */
export interface Gathering {
  add(reading: PastReading): void;
  /** Readings before this time can change nothing any more. */
  horizon(): number;
  /** The newest points, in the order of time. */
  points(): HistoryPoint[];
}

export function gather({ every, most }: Pick<HistoryQuery, 'every' | 'most'>): Gathering {
  return every === undefined ? singleReadings(most) : means(every, most);
}

function singleReadings(most: number): Gathering {
  let readings: PastReading[] = [];

  function keepNewest(): PastReading[] {
    readings = readings.sort((a, b) => b.time - a.time || b.seq - a.seq).slice(0, most);
    return readings;
  }

  return {
    add: (reading) => readings.push(reading),
    horizon: () => horizonOf(keepNewest(), most),
    points: () =>
      keepNewest()
        .map(({ time, value, quality }) => ({ time, value, quality, count: 1 }))
        .reverse(),
  };
}

interface Bin {
  time: number;
  sum: number;
  count: number;
  /** The worst flag of what went in, and of what did not. */
  worst: Quality;
  worstLeftOut: Quality;
}

function means(every: number, most: number): Gathering {
  const bins = new Map<number, Bin>();

  function keepNewest(): Bin[] {
    const newestFirst = [...bins.values()].sort((a, b) => b.time - a.time);
    for (const { time } of newestFirst.slice(most)) bins.delete(time);
    return newestFirst.slice(0, most);
  }

  function binOf(time: number): Bin {
    const start = Math.floor(time / every) * every;
    const known = bins.get(start);
    if (known) return known;
    const bin = { time: start, sum: 0, count: 0, worst: quality.pass, worstLeftOut: quality.pass };
    bins.set(start, bin);
    return bin;
  }

  return {
    add({ time, value, quality: flag }) {
      const bin = binOf(time);
      if (value === null || flag === quality.fail || flag === quality.missing) {
        bin.worstLeftOut = worse(bin.worstLeftOut, flag);
        return;
      }
      bin.sum += value;
      bin.count += 1;
      bin.worst = worse(bin.worst, flag);
    },
    horizon: () => horizonOf(keepNewest(), most),
    points: () => keepNewest().map(pointOf).reverse(),
  };
}

function pointOf({ time, sum, count, worst, worstLeftOut }: Bin): HistoryPoint {
  if (count === 0) return { time, value: null, quality: worstLeftOut, count };
  return { time, value: sum / count, quality: worst, count };
}

function horizonOf(newestFirst: readonly { time: number }[], most: number): number {
  if (most <= 0) return Number.POSITIVE_INFINITY;
  return newestFirst[most - 1]?.time ?? Number.NEGATIVE_INFINITY;
}

/** The flags are numbered from the best to the worst. */
function worse(a: Quality, b: Quality): Quality {
  return a > b ? a : b;
}
