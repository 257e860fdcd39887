import type { FlatLine } from '../../config/catalogue/properties.js';
import { type Quality, quality } from '../../config/catalogue/quality.js';
import type { Point, Series, TestDefinition } from './definition.js';
import { lessApart } from './exact.js';
import { qartod } from './qartod.js';

export const flatLineTest: TestDefinition = {
  id: 'flat-line',
  title: { en: 'Flat line', ko: '값 고정' },
  about:
    'Values that have stayed within less than the tolerance for longer than suspectFor are suspect, for longer than failFor they fail. In the shelter a sensor that resolves less than the tolerance is given longer in proportion, and nothing is held against values at which the air may well rest: no particles, fog, the end of a scale.',
  parameters: {
    tolerance: { unit: 'value', about: 'Values that move by so much are not flat; equal ones always are.' },
    suspectFor: { unit: 'ms', about: 'Time after which flat values are suspect.' },
    failFor: { unit: 'ms', about: 'Time after which they fail.' },
  },
  source: `${qartod}, flat line test`,
};

/** How long the values of a stream have been flat: the longest stretch up to now within the tolerance. */
export interface FlatRun {
  /** Time of the last value that does not fit; of the beginning where all do. */
  brokenAt: number;
  /** Those of its values that may yet be its least: each is less than all that follow. */
  lows: readonly Point[];
  /** Those that may yet be its greatest. */
  highs: readonly Point[];
}

/** A run that no value belongs to yet. */
export function startRun(time: number): FlatRun {
  return { brokenAt: time, lows: [], highs: [] };
}

/** The run with one more value, without what does not fit it. */
export function extendRun(run: FlatRun, point: Point, tolerance: number): FlatRun {
  const { brokenAt, lows, highs } = run;
  const fits = ({ value }: Point) => value === point.value || lessApart(value, point.value, tolerance);
  const newest = lows[lows.length - 1];
  if (!newest) return { brokenAt, lows: [point], highs: [point] };
  if (!fits(newest)) return { brokenAt: newest.time, lows: [point], highs: [point] };
  const misfits = [lows.findLast((each) => !fits(each)), highs.findLast((each) => !fits(each))];
  const brokenNow = Math.max(brokenAt, ...misfits.map((each) => each?.time ?? brokenAt));
  return {
    brokenAt: brokenNow,
    lows: [...lows.filter(({ time, value }) => time > brokenNow && value < point.value), point],
    highs: [...highs.filter(({ time, value }) => time > brokenNow && value > point.value), point],
  };
}

/** @param time of the run's last value */
export function flatLine(
  { brokenAt }: FlatRun,
  time: number,
  { suspectFor, failFor }: Omit<FlatLine, 'tolerance'>,
): Quality {
  const flatFor = time - brokenAt;
  if (flatFor > failFor) return quality.fail;
  return flatFor > suspectFor ? quality.suspect : quality.pass;
}

/**
 * The test of each value of a series; the interval is in the unit of the durations. As in the reference implementation
 * of QARTOD, durations count in whole intervals, and a missing value breaks nothing.
 */
export function flatLines(values: Series, interval: number, { tolerance, ...limits }: FlatLine): Quality[] {
  const intervals = (duration: number) => Math.floor(duration / interval + 1e-9);
  const counted = { suspectFor: intervals(limits.suspectFor), failFor: intervals(limits.failFor) };
  let run = startRun(-1);
  return values.map((value, index) => {
    if (value === undefined) return quality.missing;
    run = extendRun(run, { time: index, value }, tolerance);
    return flatLine(run, index, counted);
  });
}
