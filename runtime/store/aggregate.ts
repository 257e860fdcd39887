import { type Quality, quality } from '../../config/catalogue/quality.js';
import { sumOf } from './decimal.js';

/** What remains of readings when only their mean and their range are kept. */
export interface Aggregate {
  /** How many went in; those flagged fail or missing do not. */
  count: number;
  sum: number;
  /** Infinite where none went in. */
  least: number;
  greatest: number;
  /** The worst flag of what went in, and of what did not. */
  worst: Quality;
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
    worst: quality.pass,
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
  aggregate.count += count;
  aggregate.sum = sumOf(aggregate.sum, value);
  aggregate.least = Math.min(aggregate.least, mean);
  aggregate.greatest = Math.max(aggregate.greatest, mean);
  aggregate.worst = worse(aggregate.worst, flag);
}

export function merge(into: Aggregate, from: Aggregate): void {
  into.count += from.count;
  into.sum = sumOf(into.sum, from.sum);
  into.least = Math.min(into.least, from.least);
  into.greatest = Math.max(into.greatest, from.greatest);
  into.worst = worse(into.worst, from.worst);
  into.worstLeftOut = worse(into.worstLeftOut, from.worstLeftOut);
}

/** The flag of the mean: the worst that went in, or where none did, the worst there was. */
export function flagOf({ count, worst, worstLeftOut }: Aggregate): Quality {
  return count > 0 ? worst : worstLeftOut;
}

/** The flags are numbered from the best to the worst. */
function worse(a: Quality, b: Quality): Quality {
  return a > b ? a : b;
}
