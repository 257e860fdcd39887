import { type Aggregate, addTo, emptyAggregate, flagOf, merge, type Summand } from './aggregate.js';
import { type Making, madeBy } from './making.js';
import type { HistoryPoint, HistoryQuery } from './port.js';

/** What history needs to know of a reading, or of the sum of several. */
export interface PastReading extends Summand {
  seq: number;
  time: number;
  unsynchronised?: true;
  making?: Making;
}

/** Makes points of readings, which may come in any order. */
export interface Gathering {
  add(reading: PastReading): void;
  /** Adds all readings of a span of time at once, which lies within one mean. */
  addSpan(start: number, aggregate: Aggregate): void;
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
    addSpan: () => {},
    horizon: () => horizonOf(keepNewest(), most),
    points: () => keepNewest().map(pointOfReading).reverse(),
  };
}

function pointOfReading({ time, value, quality, count, unsynchronised, making }: PastReading): HistoryPoint {
  const point = {
    time,
    value: value === null ? null : value / count,
    quality,
    count,
    ...(making && madeBy(making)),
  };
  return unsynchronised ? { ...point, unsynchronised } : point;
}

interface Bin {
  time: number;
  aggregate: Aggregate;
  unsynchronised?: true;
}

function means(every: number, most: number): Gathering {
  const bins = new Map<number, Bin>();

  function keepNewest(): Bin[] {
    const newestFirst = [...bins.values()].sort((a, b) => b.time - a.time);
    for (const { time } of newestFirst.slice(most)) bins.delete(time);
    return newestFirst.slice(0, most);
  }

  function binAt(time: number): Bin {
    const start = Math.floor(time / every) * every;
    const known = bins.get(start);
    if (known) return known;
    const bin = { time: start, aggregate: emptyAggregate() };
    bins.set(start, bin);
    return bin;
  }

  return {
    add(reading) {
      const bin = binAt(reading.time);
      addTo(bin.aggregate, reading);
      if (reading.unsynchronised) bin.unsynchronised = true;
    },
    addSpan: (start, aggregate) => merge(binAt(start).aggregate, aggregate),
    horizon: () => (bins.size < most ? Number.NEGATIVE_INFINITY : horizonOf(keepNewest(), most)),
    points: () => keepNewest().map(pointOfBin).reverse(),
  };
}

function pointOfBin({ time, aggregate, unsynchronised }: Bin): HistoryPoint {
  const { count, sum } = aggregate;
  const point = { time, value: count > 0 ? sum / count : null, quality: flagOf(aggregate), count };
  return unsynchronised ? { ...point, unsynchronised } : point;
}

function horizonOf(newestFirst: readonly { time: number }[], most: number): number {
  if (most <= 0) return Number.POSITIVE_INFINITY;
  return newestFirst[most - 1]?.time ?? Number.NEGATIVE_INFINITY;
}
