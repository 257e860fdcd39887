import { correctionOfNumber, corrections } from '../../config/catalogue/corrections.js';
import { testsFromBits, testsToBits } from '../../config/catalogue/quality.js';
import type { Reading } from '../reading.js';

/** How a value came to be and who doubts it, as the numbers that a row keeps. */
export interface Making {
  /** Of the tests that doubted it, as `testsToBits` gives them. */
  doubts: number;
  /** Version of the calibration; 0 for none. */
  calibration: number;
  /** Number of the correction; 0 for none. */
  correction: number;
  /** The calibrated value, where a correction changed it; otherwise null. */
  calibrated: number | null;
}

/** Undefined for the many readings of which there is nothing to say. */
export function makingOf({
  doubts = [],
  calibration = 0,
  correction,
  calibrated,
}: Reading): Making | undefined {
  if (doubts.length === 0 && calibration === 0 && correction === undefined) return undefined;
  return {
    doubts: testsToBits(doubts),
    calibration,
    correction: correction === undefined ? 0 : corrections[correction].number,
    calibrated: calibrated ?? null,
  };
}

/** The same in words. What only a later program knows is left out. */
export function madeBy({ doubts, calibration, correction, calibrated }: Making): ToldMaking {
  const told: ToldMaking = {};
  const tests = testsFromBits(doubts);
  if (tests.length > 0) told.doubts = tests;
  if (calibration > 0) told.calibration = calibration;
  const name = correctionOfNumber(correction);
  if (name !== undefined) told.correction = name;
  if (calibrated !== null) told.calibrated = calibrated;
  return told;
}

export type ToldMaking = Pick<Reading, 'doubts' | 'calibration' | 'correction' | 'calibrated'>;

/** What can be said of a mean: how all of its readings were made, and which tests doubted any. */
export function commonMaking(one: Making | undefined, other: Making | undefined): Making | undefined {
  const [a, b] = [one ?? unmade, other ?? unmade];
  return worthTelling({
    doubts: a.doubts | b.doubts,
    calibration: a.calibration === b.calibration ? a.calibration : 0,
    correction: a.correction === b.correction ? a.correction : 0,
    calibrated: null,
  });
}

export function withoutDoubts(making: Making | undefined): Making | undefined {
  return making && worthTelling({ ...making, doubts: 0 });
}

function worthTelling(making: Making): Making | undefined {
  const { doubts, calibration, correction } = making;
  return doubts || calibration || correction ? making : undefined;
}

const unmade: Making = { doubts: 0, calibration: 0, correction: 0, calibrated: null };
