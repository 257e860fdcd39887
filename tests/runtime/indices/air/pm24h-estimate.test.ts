import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pm24hEstimate } from '../../../../runtime/indices/air/pm24h-estimate.js';
import { absenceOf, gradeFor, numberOf } from './answers.js';

const steady = (concentration: number) => Array<number>(12).fill(concentration);

describe('the estimate of the 24 h mean', () => {
  /** The oldest of the twelve hours are not in what was published, so that it can only be near. */
  it.each([
    ['pm10', [67, 69, 68, 79, 85, 88, 81, 83, 90, 95], 72],
    ['pm10', [69, 68, 79, 85, 88, 81, 83, 90, 95], 72],
    ['pm2_5', [27, 30, 35, 41, 50, 52, 52, 53, 62, 57], 40],
    ['pm2_5', [30, 35, 41, 50, 52, 52, 53, 62, 57], 42],
  ])(
    'comes near what AirKorea published for the evening of 2019-02-12: %s %j is about %d',
    (pollutant, values, published) => {
      expect(Math.abs(numberOf(pm24hEstimate, { pollutant, values }) - published)).toBeLessThan(2);
    },
  );

  /** By hand from the formula of AirKorea’s CAI calculator; it publishes no worked example. */
  it.each([
    ['pm10', 'below M nothing eases', steady(69), 69],
    ['pm10', 'from M on, an hour like its past counts three quarters', steady(70), (70 + 52.5) / 2],
    ['pm2_5', 'below M nothing eases', steady(29), 29],
    ['pm2_5', 'from M on, an hour like its past counts three quarters', steady(30), (30 + 22.5) / 2],
    ['pm10', 'r = 0.9 counts three quarters', [90, 90, 90, 90, ...Array(8).fill(105)], (100 + 67.5) / 2],
    ['pm10', 'r just below 0.9 counts whole', [89, 89, 89, 89, ...Array(8).fill(105.5)], (100 + 89) / 2],
    ['pm10', 'r = 1.7 counts three quarters', [170, 170, 170, 170, ...Array(8).fill(65)], (100 + 127.5) / 2],
    ['pm10', 'r just above 1.7 counts whole', [171, 171, 171, 171, ...Array(8).fill(64.5)], (100 + 171) / 2],
    [
      'pm2_5',
      'each hour for itself',
      [20, 30, 40, 20, ...steady(31.25).slice(4)],
      (30 + (20 + 22.5 + 30 + 20) / 4) / 2,
    ],
  ])('of %s: %s', (pollutant, _, values, estimate) => {
    expect(numberOf(pm24hEstimate, { pollutant, values })).toBeCloseTo(estimate, 9);
  });

  it('does without a quarter of the hours, and with fewer is absent', () => {
    const nine = [10, undefined, 10, 10, 10, 10, 10, 10, undefined, 10, undefined, 10];
    expect(numberOf(pm24hEstimate, { pollutant: 'pm10', values: nine })).toBe(10);
    expect(absenceOf(pm24hEstimate, { pollutant: 'pm10', values: nine.slice(0, 11) })).toEqual({
      code: 'too-few-hours',
      input: 'values',
      reason: 'There is a mean for 8 of the past 12 hours; expected at least 9.',
    });
    const recent = [undefined, undefined, ...steady(10)];
    expect(absenceOf(pm24hEstimate, { pollutant: 'pm10', values: recent })).toMatchObject({
      reason: 'There is a mean for 2 of the past 4 hours; expected at least 3.',
    });
  });

  it('is graded as the mean of a day', () => {
    expect(gradeFor(pm24hEstimate, { pollutant: 'pm10', values: steady(30) })).toBe('good');
    expect(gradeFor(pm24hEstimate, { pollutant: 'pm2_5', values: steady(16) })).toBe('moderate');
    expect(gradeFor(pm24hEstimate, { pollutant: 'pm2_5', values: steady(60) })).toBe('bad');
  });

  it('is at least seven eighths of the least hour, and at most the greatest', () => {
    const concentration = fc.double({ min: 0, max: 1_000, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom('pm10', 'pm2_5'),
        fc.array(concentration, { minLength: 12, maxLength: 12 }),
        (pollutant, values) => {
          const value = numberOf(pm24hEstimate, { pollutant, values });
          expect(value).toBeGreaterThanOrEqual(Math.min(...values) * 0.875 - 1e-9);
          expect(value).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
        },
      ),
    );
  });
});
