import { quality as flags, type Quality } from '../../config/catalogue/quality.js';
import { isStale } from '../quality/stale.js';
import type { ValueState } from './contract.js';

/** The last value that a stream gave. */
export interface LastValue {
  /** Null where there never was one. */
  value: number | null;
  /** The flag of that value. */
  quality: Quality;
  /** Time since it was taken; null where there never was one. */
  age: number | null;
  /** In the unit of `age`. */
  staleAfter: number;
}

/**
 * How a value stands. The first that holds counts:
 * missing (there never was one), faulty (it was flagged fail), doubtful (it is suspect), stale (it is older than
 * allowed), fresh.
 *
 * Faulty and doubtful outrank stale because a stale value is still shown, with its age, and a wrong one must not be: it
 * does not become true by growing old.
 */
export function valueState({ value, quality, age, staleAfter }: LastValue): ValueState {
  if (value === null || age === null) return 'missing';
  if (quality === flags.fail) return 'faulty';
  if (quality === flags.suspect) return 'doubtful';
  return isStale(age, staleAfter) ? 'stale' : 'fresh';
}
