import type { Quality } from '../../config/catalogue/quality.js';
import type { Series, TestDefinition } from '../quality/definition.js';
import { flatLines, flatLineTest } from '../quality/flat-line.js';
import { grossRanges, grossRangeTest } from '../quality/gross-range.js';
import { rateOfChangeTest, ratesOfChange } from '../quality/rate-of-change.js';
import { spikes, spikeTest } from '../quality/spike.js';
import { parseNumber, parseSeries, readKeyValues } from './key-values.js';

/** A quality test as `ushelter qc` runs it: over a series, with its limits as keys. */
export interface QcTest {
  definition: TestDefinition;
  /** What each key means. */
  keys: Readonly<Record<string, { about: string; optional?: true }>>;
  /** The flags, or what is wrong with the limits. */
  run(values: Series, numbers: ReadonlyMap<string, number>): Outcome;
}

export type Outcome = { flags: Quality[] } | { wrong: string };

export const qcTests: readonly QcTest[] = [
  {
    definition: grossRangeTest,
    keys: {
      fail_min: { about: 'below it a value fails' },
      fail_max: { about: 'above it a value fails' },
      suspect_min: { about: 'below it a value is suspect; by default fail_min', optional: true },
      suspect_max: { about: 'above it a value is suspect; by default fail_max', optional: true },
    },
    run(values, numbers) {
      const fail = [get(numbers, 'fail_min'), get(numbers, 'fail_max')] as const;
      const suspect = [get(numbers, 'suspect_min', fail[0]), get(numbers, 'suspect_max', fail[1])] as const;
      if (fail[0] > fail[1]) return { wrong: 'fail_min is above fail_max' };
      if (suspect[0] > suspect[1]) return { wrong: 'suspect_min is above suspect_max' };
      if (suspect[0] < fail[0] || suspect[1] > fail[1]) {
        return { wrong: 'the suspect span does not lie within the fail span' };
      }
      return { flags: grossRanges(values, { fail, suspect }) };
    },
  },
  {
    definition: spikeTest,
    keys: {
      suspect: { about: 'further from the mean of its neighbours a value is suspect', optional: true },
      fail: { about: 'further from it a value fails', optional: true },
    },
    run(values, numbers) {
      const [suspect, fail] = [numbers.get('suspect'), numbers.get('fail')];
      if (suspect === undefined && fail === undefined) return { wrong: 'neither suspect nor fail is given' };
      if ((suspect ?? 0) < 0 || (fail ?? 0) < 0) return { wrong: 'a distance is below 0' };
      if ((suspect ?? 0) > (fail ?? Number.POSITIVE_INFINITY)) return { wrong: 'suspect is above fail' };
      return { flags: spikes(values, { suspect, fail }) };
    },
  },
  {
    definition: rateOfChangeTest,
    keys: {
      per_second: { about: 'greatest change in a second; beyond it a value is suspect' },
      interval: { about: 'seconds from one value to the next' },
    },
    run(values, numbers) {
      const [perSecond, interval] = [get(numbers, 'per_second'), get(numbers, 'interval')];
      if (interval <= 0) return { wrong: 'interval is not above 0' };
      if (perSecond < 0) return { wrong: 'per_second is below 0' };
      return { flags: ratesOfChange(values, interval, perSecond) };
    },
  },
  {
    definition: flatLineTest,
    keys: {
      interval: { about: 'seconds from one value to the next' },
      tolerance: {
        about: 'values that stay within less than it are flat, and equal ones; by default 0',
        optional: true,
      },
      suspect_for: { about: 'seconds after which flat values are suspect' },
      fail_for: { about: 'seconds after which they fail' },
    },
    run(values, numbers) {
      const interval = get(numbers, 'interval');
      const limits = {
        tolerance: get(numbers, 'tolerance', 0),
        suspectFor: get(numbers, 'suspect_for'),
        failFor: get(numbers, 'fail_for'),
      };
      if (interval <= 0) return { wrong: 'interval is not above 0' };
      if (limits.tolerance < 0) return { wrong: 'tolerance is below 0' };
      if (Math.min(limits.suspectFor, limits.failFor) < interval) {
        return { wrong: 'suspect_for or fail_for is shorter than the interval, and one value is no line' };
      }
      if (limits.suspectFor > limits.failFor) return { wrong: 'suspect_for is longer than fail_for' };
      return { flags: flatLines(values, interval, limits) };
    },
  },
];

/** Runs a test on words such as `values=20,20.1,,35` and `suspect=3`. */
export function runQc(test: QcTest, words: readonly string[]): Outcome {
  const { definition, keys } = test;
  const read = readKeyValues(words, {
    taker: definition.id,
    takes: writeQcKeys(test),
    keys: ['values', ...Object.keys(keys)],
  });
  if ('wrong' in read) return read;
  const missing = ['values', ...Object.keys(keys).filter((key) => !keys[key]?.optional)].find(
    (key) => !read.texts.has(key),
  );
  if (missing) return { wrong: `${missing}= is missing; ${definition.id} takes ${writeQcKeys(test)}` };
  const text = read.texts.get('values') ?? '';
  const values = parseSeries(text);
  if (!values) {
    return {
      wrong: `values is "${text}"; expected numbers, empty where one is missing, such as 20,20.1,,19.9`,
    };
  }
  const numbers = new Map<string, number>();
  for (const [key, written] of read.texts) {
    if (key === 'values') continue;
    const number = parseNumber(written);
    if (number === undefined) return { wrong: `${key} is "${written}"; expected a number, such as 12.5` };
    numbers.set(key, number);
  }
  return test.run(values, numbers);
}

/** The keys of a test; in brackets what it can do without. */
export function writeQcKeys({ keys }: QcTest): string {
  const words = Object.entries(keys).map(([key, { optional }]) => (optional ? `[${key}=]` : `${key}=`));
  return ['values=', ...words].join(' ');
}

/** `runQc` has seen to it that what is needed is there. */
function get(numbers: ReadonlyMap<string, number>, key: string, otherwise = Number.NaN): number {
  return numbers.get(key) ?? otherwise;
}
