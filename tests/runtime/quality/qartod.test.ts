import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quality, testIds } from '../../../config/catalogue/quality.js';
import type { Series } from '../../../runtime/quality/definition.js';
import { flatLines } from '../../../runtime/quality/flat-line.js';
import { grossRange, grossRanges } from '../../../runtime/quality/gross-range.js';
import { ratesOfChange } from '../../../runtime/quality/rate-of-change.js';
import { rollUp } from '../../../runtime/quality/roll-up.js';
import { spikes } from '../../../runtime/quality/spike.js';
import { isStale } from '../../../runtime/quality/stale.js';
import { flaggingTests } from '../../../runtime/quality/tests.js';

/** Series and flags are those that ioos_qc, the reference implementation of QARTOD, is tested with. */

const { pass, notEvaluated, suspect, fail, missing } = quality;
const none = undefined;

const numbers = fc.float({ min: -1000, max: 1000, noNaN: true });
const series = fc.array(fc.option(numbers, { nil: undefined }), { maxLength: 40 });

describe('the gross range test', () => {
  it('flags as ioos_qc: test_gross_range_check, with missing values', () => {
    const spans = { fail: [10, 50], suspect: [20, 40] } as const;
    const values = [5, 10, 15, 20, 25, 30, 35, 40, 45, 51, none];
    expect(grossRanges(values, spans)).toEqual([4, 3, 3, 1, 1, 1, 1, 1, 3, 4, 9]);
  });

  it.each([
    [50, pass],
    [2, pass],
    [98, pass],
    [1.9, suspect],
    [98.1, suspect],
    [0, suspect],
    [100, suspect],
    [-0.1, fail],
    [100.1, fail],
    [Number.POSITIVE_INFINITY, fail],
    [Number.NaN, fail],
  ])('flags %d as %d', (value, flag) => {
    expect(grossRange(value, { fail: [0, 100], suspect: [2, 98] })).toBe(flag);
  });

  it('knows nothing suspect where it has no suspect span', () => {
    expect(grossRanges([0, 100, 101], { fail: [0, 100] })).toEqual([pass, pass, fail]);
  });
});

describe('the spike test', () => {
  const limits = { suspect: 25, fail: 50 };

  it.each<[string, Series, number[]]>([
    ['test_spike', [10, 12, 999.99, 13, 15, 40, 9, 9], [2, 4, 4, 4, 1, 3, 1, 2]],
    ['test_spike_negative_vals', [-10, -12, -999.99, -13, -15, -40, -9, -9], [2, 4, 4, 4, 1, 3, 1, 2]],
    ['test_spike_initial_final_values', [-100, -99, -99, -98], [2, 1, 1, 2]],
    [
      'test_spike_masked',
      [10, 12, 999.99, 13, 15, 40, 9, 9, none, 10, 10, 999.99, 10, none],
      [2, 4, 4, 4, 1, 3, 1, 2, 9, 2, 4, 4, 2, 9],
    ],
  ])('flags as ioos_qc: %s', (_, values, flags) => {
    expect(spikes(values, limits)).toEqual(flags);
  });

  const bumpy = [3, 4.99, 5, 6, 8, 6, 6, 6.75, 6, 6, 5.3, 6, 6, 9, 5, none, 4, 4];

  it.each([
    ['both limits', { suspect: 0.5, fail: 1 }, [2, 3, 1, 1, 4, 3, 1, 3, 1, 1, 3, 1, 4, 4, 2, 9, 2, 2]],
    ['a suspect limit alone', { suspect: 0.5 }, [2, 3, 1, 1, 3, 3, 1, 3, 1, 1, 3, 1, 3, 3, 2, 9, 2, 2]],
    ['a fail limit alone', { fail: 1 }, [2, 1, 1, 1, 4, 1, 1, 1, 1, 1, 1, 1, 4, 4, 2, 9, 2, 2]],
  ])('flags as ioos_qc: test_spike_test_inputs, with %s', (_, one, flags) => {
    expect(spikes(bumpy, one)).toEqual(flags);
  });

  it('passes a value that is exactly as far away as it may be, whatever binary fractions make of it', () => {
    expect(20.6 - 20.3).toBeGreaterThan(0.3);
    expect(spikes([20.3, 20.6, 20.3], { suspect: 0.3 })).toEqual([2, 1, 2]);
    expect(spikes([20.3, 20.61, 20.3], { suspect: 0.3 })).toEqual([2, 3, 2]);
  });
});

describe('the rate of change test', () => {
  const interval = 15 * 60;
  const perSecond = 5 / interval;

  it.each<[string, Series, number[]]>([
    [
      'test_rate_of_change',
      [2, 10, 2.1, 3, 4, 5, 7, 10, 0, 2, 2.2, 2, 1, 2, 3, 90, 91, 92, 93, 1, 2, 3, 4, 5],
      [1, 3, 3, 1, 1, 1, 1, 1, 3, 1, 1, 1, 1, 1, 1, 3, 1, 1, 1, 3, 1, 1, 1, 1],
    ],
    ['test_rate_of_change_missing_values', [2, 10, 2, 3, none, none, 7, 10], [1, 3, 3, 1, 9, 9, 1, 1]],
    ['test_rate_of_change_negative_values', [-2, -10, -2, -3], [1, 3, 3, 1]],
  ])('flags as ioos_qc: %s', (_, values, flags) => {
    expect(ratesOfChange(values, interval, perSecond)).toEqual(flags);
  });

  it('passes a change that is exactly as fast as it may be', () => {
    expect(ratesOfChange([20, 20.5, 20, 20.51], 10, 0.05)).toEqual([1, 1, 1, 3]);
  });
});

describe('the flat line test', () => {
  const quarters = (values: Series) =>
    flatLines(values, 900, { tolerance: 0.01, suspectFor: 3_000, failFor: 4_800 });

  it.each<[string, Series, number[]]>([
    [
      'test_flat_line',
      [1, 2, 2.0001, 2, 2.0001, 2, 2.0001, 2, 4, 5, 3, 3.0001, 3.0005, 3.00001],
      [1, 1, 1, 1, 3, 3, 4, 4, 1, 1, 1, 1, 1, 3],
    ],
    [
      'test_flat_line_starting_from_beginning',
      [2, 2.0001, 2, 2.0001, 2, 2.0001, 2, 4, 5, 3, 3.0001, 3.0005, 3.00001],
      [1, 1, 1, 3, 3, 4, 4, 1, 1, 1, 1, 1, 3],
    ],
    [
      'test_flat_line_missing_values',
      [1, none, none, 2, 2.0001, 2, 2.0001, 2, 4, none, 3, none, none, 3.00001],
      [1, 9, 9, 1, 3, 3, 4, 4, 1, 9, 1, 9, 9, 3],
    ],
  ])('flags as ioos_qc: %s', (_, values, flags) => {
    expect(quarters(values)).toEqual(flags);
  });

  it.each([
    [[], []],
    [[5], [1]],
    [
      [5, 5, 5],
      [1, 1, 1],
    ],
    [
      [5, 5, 5, 5],
      [1, 1, 1, 3],
    ],
    [
      [5, 5, 5, 5, 5, 5],
      [1, 1, 1, 3, 3, 4],
    ],
  ])('flags as ioos_qc: test_flat_line_short_timeseries, %j', (values, flags) => {
    expect(flatLines(values, 1, { tolerance: 0.1, suspectFor: 3, failFor: 5 })).toEqual(flags);
  });

  it('flags as ioos_qc: test_flat_line_with_spike', () => {
    const limits = { tolerance: 4, suspectFor: 3, failFor: 6 };
    expect(flatLines([1, 1, 1, 1, 1, 6, 5, 4, 3, 2], 1, limits)).toEqual([1, 1, 1, 3, 3, 1, 1, 1, 3, 3]);
  });

  it('does not call flat what moves by the tolerance, whatever binary fractions make of it', () => {
    expect(20.4 - 20.3).toBeLessThan(0.1);
    const limits = { tolerance: 0.1, suspectFor: 1, failFor: 2 };
    expect(flatLines([20.3, 20.4, 20.3, 20.4], 1, limits)).toEqual([1, 1, 1, 1]);
    expect(flatLines([20.3, 20.3, 20.3, 20.3], 1, limits)).toEqual([1, 3, 4, 4]);
  });

  it('calls equal values flat even without a tolerance', () => {
    expect(flatLines([7, 7, 7, 7], 1, { tolerance: 0, suspectFor: 1, failFor: 2 })).toEqual([1, 3, 4, 4]);
  });

  it('counts durations that are no whole numbers', () => {
    const limits = { tolerance: 1, suspectFor: 0.3, failFor: 0.7 };
    expect(flatLines([5, 5, 5, 5, 5, 5, 5, 5], 0.1, limits)).toEqual([1, 1, 1, 3, 3, 3, 3, 4]);
  });

  it('finds what looking at every window finds', () => {
    const steps = fc.array(fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }), { maxLength: 40 });
    const shape = fc.record({
      tolerance: fc.integer({ min: 1, max: 5 }),
      count: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(
      fc.property(steps, shape, (values, { tolerance, count }) => {
        const found = flatLines(values, 1, { tolerance, suspectFor: count, failFor: 1_000 });
        const looked = values.map((value, index) => {
          if (value === undefined) return missing;
          const window = values
            .slice(Math.max(0, index - count), index + 1)
            .filter((each) => each !== undefined);
          const isFlat = index >= count && Math.max(...window) - Math.min(...window) < tolerance;
          return isFlat ? suspect : pass;
        });
        expect(found).toEqual(looked);
      }),
    );
  });
});

describe('every test of a series', () => {
  const runs: Record<string, (values: Series) => readonly number[]> = {
    'gross range': (values) => grossRanges(values, { fail: [-900, 900], suspect: [-500, 500] }),
    spike: (values) => spikes(values, { suspect: 10, fail: 100 }),
    'rate of change': (values) => ratesOfChange(values, 10, 1),
    'flat line': (values) => flatLines(values, 10, { tolerance: 0.5, suspectFor: 30, failFor: 60 }),
  };

  it.each(Object.entries(runs))('gives each value a flag, and missing to the missing alone: %s', (_, run) => {
    fc.assert(
      fc.property(series, (values) => {
        const flags = run(values);
        expect(flags).toHaveLength(values.length);
        for (const [index, flag] of flags.entries()) {
          expect([1, 2, 3, 4, 9]).toContain(flag);
          expect(flag === missing).toBe(values[index] === undefined);
        }
      }),
    );
  });
});

describe('the roll-up of several flags', () => {
  it('is the most telling of them, after QARTOD: missing, not evaluated, pass, suspect, fail', () => {
    expect(rollUp([pass, suspect, notEvaluated])).toBe(suspect);
    expect(rollUp([missing, notEvaluated])).toBe(notEvaluated);
    expect(rollUp([fail, pass, missing])).toBe(fail);
    expect(rollUp([pass])).toBe(pass);
    expect(rollUp([missing])).toBe(missing);
  });

  it('is "not evaluated" where there was no test', () => {
    expect(rollUp([])).toBe(notEvaluated);
  });
});

it('each test has one definition, under its id', () => {
  expect(flaggingTests.map(({ id }) => id)).toEqual(testIds);
});

describe('the test of age', () => {
  it.each([
    [0, false],
    [179.9, false],
    [180, false],
    [180.1, true],
    [Number.POSITIVE_INFINITY, true],
    [Number.NaN, true],
  ])('of a value %d s old, where 180 s are allowed: %s', (age, stale) => {
    expect(isStale(age, 180)).toBe(stale);
  });
});
