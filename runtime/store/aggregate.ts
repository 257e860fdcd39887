import { type Quality, quality } from '../../config/catalogue/quality.js';
import { sumOf } from './decimal.js';

/** What remains of readings when only their mean and their range are kept: of those with the best flag there is. */
export interface Aggregate {
  /** How many went in. What failed or is missing never does, and what is doubtful only where nothing better is there. */
  count: number;
  sum: number;
  /** Infinite where none went in. */
  least: number;
  greatest: number;
  /** The one flag of all that went in; pass where none did. */
  best: Quality;
  /** The worst flag of what did not go in. */
  worstLeftOut: Quality;
}

/** A reading, or the sum of `count` readings. */
export interface Summand {
  value: number | null;
  quality: Quality;
  count: number;
}

export function emptyAggregate(): Aggregate {
  return {
    count: 0,
    sum: 0,
    least: Number.POSITIVE_INFINITY,
    greatest: Number.NEGATIVE_INFINITY,
    best: quality.pass,
    worstLeftOut: quality.pass,
  };
}

/** Adds to an aggregate. The order does not matter: sums of decimals are exact. */
export function addTo(aggregate: Aggregate, { value, quality: flag, count }: Summand): void {
  if (value === null || flag === quality.fail || flag === quality.missing) {
    aggregate.worstLeftOut = worse(aggregate.worstLeftOut, flag);
    return;
  }
  const mean = value / count;
  merge(aggregate, {
    count,
    sum: value,
    least: mean,
    greatest: mean,
    best: flag,
    worstLeftOut: quality.pass,
  });
}

export function merge(into: Aggregate, from: Aggregate): void {
  into.worstLeftOut = worse(into.worstLeftOut, from.worstLeftOut);
  if (from.count === 0) return;
  if (into.count > 0 && from.best > into.best) {
    into.worstLeftOut = worse(into.worstLeftOut, from.best);
    return;
  }
  if (into.count > 0 && from.best < into.best) {
    into.worstLeftOut = worse(into.worstLeftOut, into.best);
    Object.assign(into, { ...emptyAggregate(), worstLeftOut: into.worstLeftOut });
  }
  into.count += from.count;
  into.sum = sumOf(into.sum, from.sum);
  into.least = Math.min(into.least, from.least);
  into.greatest = Math.max(into.greatest, from.greatest);
  into.best = from.best;
}

/** The flag of the mean: that of what went in, or where none did, the worst there was. */
export function flagOf({ count, best, worstLeftOut }: Aggregate): Quality {
  return count > 0 ? best : worstLeftOut;
}

/** The flags are numbered from the best to the worst. */
function worse(a: Quality, b: Quality): Quality {
  return a > b ? a : b;
}
