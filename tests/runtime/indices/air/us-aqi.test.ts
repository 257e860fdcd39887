import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usAqi } from '../../../../runtime/indices/air/us-aqi.js';
import { absenceOf, gradeFor, numberOf } from './answers.js';

describe('the US AQI', () => {
  it.each([
    [0, 0, 'good'],
    [9.0, 50, 'good'],
    [9.1, 51, 'moderate'],
    [35.4, 100, 'moderate'],
    [35.5, 101, 'unhealthy-for-sensitive-groups'],
    [55.4, 150, 'unhealthy-for-sensitive-groups'],
    [55.5, 151, 'unhealthy'],
    [125.4, 200, 'unhealthy'],
    [125.5, 201, 'very-unhealthy'],
    [225.4, 300, 'very-unhealthy'],
    [225.5, 301, 'hazardous'],
    [325.4, 500, 'hazardous'],
  ])(
    'follows Table 6 of EPA-454/B-24-002 at the edges of its bands: PM2.5 %d is %d, %s',
    (pm2_5, aqi, grade) => {
      expect(numberOf(usAqi, { pm2_5 })).toBe(aqi);
      expect(gradeFor(usAqi, { pm2_5 })).toBe(grade);
    },
  );

  it.each([
    [0, 0, 'good'],
    [54, 50, 'good'],
    [55, 51, 'moderate'],
    [154, 100, 'moderate'],
    [155, 101, 'unhealthy-for-sensitive-groups'],
    [254, 150, 'unhealthy-for-sensitive-groups'],
    [255, 151, 'unhealthy'],
    [354, 200, 'unhealthy'],
    [355, 201, 'very-unhealthy'],
    [424, 300, 'very-unhealthy'],
    [425, 301, 'hazardous'],
    [604, 500, 'hazardous'],
  ])(
    'follows Table 6 of EPA-454/B-24-002 at the edges of its bands: PM10 %d is %d, %s',
    (pm10, aqi, grade) => {
      expect(numberOf(usAqi, { pm10 })).toBe(aqi);
      expect(gradeFor(usAqi, { pm10 })).toBe(grade);
    },
  );

  it.each([
    [35.9, 102, 'EPA, AQI Technical Assistance Document, worked example'],
    [15, 62, 'airquality.lk weekly update: the WHO guideline for 24 h is an AQI of 62'],
    [35, 99, 'calculatorlib.com, PM2.5 to AQI under the bands of 2024'],
    [6, 33, 'weewx-purple, tests under the bands of 2024'],
    [21.8, 75, 'weewx-purple, tests under the bands of 2024'],
    [45.4, 125, 'weewx-purple, tests under the bands of 2024'],
    [90.5, 176, 'weewx-purple, tests under the bands of 2024'],
    [175.4, 250, 'weewx-purple, tests under the bands of 2024'],
    [275.4, 400, 'weewx-purple, tests under the bands of 2024'],
  ])('of PM2.5 %d is %d (%s)', (pm2_5, aqi) => {
    expect(numberOf(usAqi, { pm2_5 })).toBe(aqi);
  });

  it.each([
    [9.09, 50],
    [9.1 - 1e-15, 51],
    [35.45, 100],
    [35.499, 100],
    [325.499, 500],
  ])('cuts PM2.5 of %d off after a tenth, in decimals: %d', (pm2_5, aqi) => {
    expect(numberOf(usAqi, { pm2_5 })).toBe(aqi);
  });

  it('cuts PM10 off after the point', () => {
    expect(numberOf(usAqi, { pm10: 54.99 })).toBe(50);
    expect(numberOf(usAqi, { pm10: 604.99 })).toBe(500);
  });

  it('is that of the worse pollutant', () => {
    expect(numberOf(usAqi, { pm2_5: 35.9, pm10: 54 })).toBe(102);
    expect(numberOf(usAqi, { pm2_5: 9, pm10: 354 })).toBe(200);
  });

  it('is absent beyond its table, and not extrapolated', () => {
    expect(absenceOf(usAqi, { pm2_5: 325.5 })).toMatchObject({ code: 'input-out-of-range', input: 'pm2_5' });
    expect(absenceOf(usAqi, { pm2_5: 5, pm10: 605 })).toMatchObject({ input: 'pm10' });
    expect(absenceOf(usAqi, { pm2_5: -0.04 })).toMatchObject({ code: 'input-out-of-range' });
    expect(absenceOf(usAqi, {})).toMatchObject({ code: 'input-missing' });
  });

  it.each([
    ['pm2_5', 325.4, 0.1, 3],
    ['pm10', 604, 1, 3],
  ] as const)(
    'of more %s is never less, and no step of the table is more than %d',
    (name, most, step, jump) => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: Math.round(most / step) }), (steps) => {
          const here = numberOf(usAqi, { [name]: steps * step });
          const before = numberOf(usAqi, { [name]: (steps - 1) * step });
          expect(here - before).toBeGreaterThanOrEqual(0);
          expect(here - before).toBeLessThanOrEqual(jump);
        }),
      );
    },
  );
});
