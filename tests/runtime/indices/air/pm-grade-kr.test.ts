import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pmGradeKr } from '../../../../runtime/indices/air/pm-grade-kr.js';
import { absenceOf, gradeFor, numberOf } from './answers.js';

describe('the Korean particulate grade', () => {
  it.each([
    [0, 'good', 1],
    [30, 'good', 1],
    [31, 'moderate', 2],
    [80, 'moderate', 2],
    [81, 'bad', 3],
    [150, 'bad', 3],
    [151, 'very-bad', 4],
    [600, 'very-bad', 4],
  ])('follows the Ministry’s table at the edges of its bands: PM10 %d is %s', (pm10, grade, value) => {
    expect(gradeFor(pmGradeKr, { pm10 })).toBe(grade);
    expect(numberOf(pmGradeKr, { pm10 })).toBe(value);
  });

  it.each([
    [0, 'good', 1],
    [15, 'good', 1],
    [16, 'moderate', 2],
    [35, 'moderate', 2],
    [36, 'bad', 3],
    [75, 'bad', 3],
    [76, 'very-bad', 4],
    [500, 'very-bad', 4],
  ])('follows the Ministry’s table at the edges of its bands: PM2.5 %d is %s', (pm2_5, grade, value) => {
    expect(gradeFor(pmGradeKr, { pm2_5 })).toBe(grade);
    expect(numberOf(pmGradeKr, { pm2_5 })).toBe(value);
  });

  /** pm10Value, pm25Value and their grades of one hour, from answers of its API. */
  it.each([
    ['2019-02-12 11:00', 95, 57, 3, 3],
    ['2019-02-12 17:00', 79, 41, 2, 3],
    ['2019-02-12 18:00', 68, 35, 2, 2],
    ['2019-11-28 18:00', 35, 14, 2, 1],
    ['2020-03-10 10:00', 42, 37, 2, 3],
    ['2020-05-02 02:00', 50, 33, 2, 2],
    ['2020-08-01 12:00', 54, 7, 2, 1],
    ['2025-11-26 14:00', 27, 13, 1, 1],
  ])('is what AirKorea published for the hour %s', (_, pm10, pm2_5, pm10Grade1h, pm25Grade1h) => {
    expect(numberOf(pmGradeKr, { pm10 })).toBe(pm10Grade1h);
    expect(numberOf(pmGradeKr, { pm2_5 })).toBe(pm25Grade1h);
    expect(numberOf(pmGradeKr, { pm10, pm2_5 })).toBe(Math.max(pm10Grade1h, pm25Grade1h));
  });

  it.each([
    [30.49, 'good'],
    [30.5, 'moderate'],
    [80.49, 'moderate'],
    [80.5, 'bad'],
    [150.5, 'very-bad'],
  ])('takes PM10 of %d as the whole number that the network would give: %s', (pm10, grade) => {
    expect(gradeFor(pmGradeKr, { pm10 })).toBe(grade);
  });

  it('is absent without particles, and for what is no concentration', () => {
    expect(absenceOf(pmGradeKr, {})).toMatchObject({ code: 'input-missing' });
    expect(absenceOf(pmGradeKr, { pm10: -0.4 })).toMatchObject({ code: 'input-out-of-range', input: 'pm10' });
  });

  it.each(['pm10', 'pm2_5'])('of more %s is never better', (name) => {
    const concentration = fc.double({ min: 0, max: 1_000, noNaN: true });
    fc.assert(
      fc.property(concentration, concentration, (a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(numberOf(pmGradeKr, { [name]: more })).toBeGreaterThanOrEqual(
          numberOf(pmGradeKr, { [name]: less }),
        );
      }),
    );
  });
});
