import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whoExceedance } from '../../../../runtime/indices/air/who-exceedance.js';
import { absenceOf, gradeFor, numberOf } from './answers.js';

/** WHO global air quality guidelines 2021, table of recommended 24 h levels and interim targets. */
const table = [
  ['pm2_5', 15, 'guideline', 'interim-4'],
  ['pm2_5', 25, 'interim-4', 'interim-3'],
  ['pm2_5', 37.5, 'interim-3', 'interim-2'],
  ['pm2_5', 50, 'interim-2', 'interim-1'],
  ['pm2_5', 75, 'interim-1', 'above-interim-1'],
  ['pm10', 45, 'guideline', 'interim-4'],
  ['pm10', 50, 'interim-4', 'interim-3'],
  ['pm10', 75, 'interim-3', 'interim-2'],
  ['pm10', 100, 'interim-2', 'interim-1'],
  ['pm10', 150, 'interim-1', 'above-interim-1'],
  ['no2', 25, 'guideline', 'interim-2'],
  ['no2', 50, 'interim-2', 'interim-1'],
  ['no2', 120, 'interim-1', 'above-interim-1'],
] as const;

describe('the exceedance of the WHO guideline', () => {
  it.each(table)(
    'has the edges of the guidelines of 2021: %s %d is %s, more is %s',
    (name, level, met, next) => {
      expect(gradeFor(whoExceedance, { [name]: level })).toBe(met);
      expect(gradeFor(whoExceedance, { [name]: level + 0.01 })).toBe(next);
    },
  );

  it.each([
    ['pm2_5', 15],
    ['pm10', 45],
    ['no2', 25],
  ])('is 1 at the guideline for %s, %d µg/m³, and in proportion', (name, guideline) => {
    expect(numberOf(whoExceedance, { [name]: guideline })).toBe(1);
    expect(numberOf(whoExceedance, { [name]: 2 * guideline })).toBe(2);
    expect(numberOf(whoExceedance, { [name]: 0 })).toBe(0);
  });

  it('is that of the worst pollutant', () => {
    expect(numberOf(whoExceedance, { pm2_5: 30, pm10: 45 })).toBe(2);
    expect(gradeFor(whoExceedance, { pm2_5: 15, pm10: 151 })).toBe('above-interim-1');
  });

  it('is absent without any mean', () => {
    expect(absenceOf(whoExceedance, {})).toMatchObject({ code: 'input-missing' });
  });

  it('rises with each pollutant', () => {
    const mean = fc.double({ min: 0, max: 1_000, noNaN: true });
    fc.assert(
      fc.property(mean, mean, mean, (pm2_5, pm10, more) => {
        const before = numberOf(whoExceedance, { pm2_5, pm10 });
        expect(numberOf(whoExceedance, { pm2_5, pm10: pm10 + more })).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});
