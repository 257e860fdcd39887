import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cai } from '../../../../runtime/indices/air/cai.js';
import { absenceOf, gradeFor, numberOf } from './answers.js';

const clean = { so2: 0, co: 0, o3: 0, no2: 0, pm10: 0, pm2_5: 0 };

describe('the CAI', () => {
  it.each([
    ['2018-06-21 17:00 중구', 0.003, 0.3, 0.066, 0.013, 31, 19, 80],
    ['2019-11-28 18:00 신풍동', 0.003, 0.4, 0.01, 0.034, 40, 24, 72],
    ['2019-12-16 13:00 중구', 0.004, 0.8, 0.007, 0.041, 31, 23, 69],
    ['2019-12-16 13:00 한강대로', 0.005, 0.9, 0.006, 0.044, 38, 23, 73],
    ['2020-01-22 16:00', 0.003, 0.8, 0.003, 0.065, 49, 21, 105],
    ['2020-03-10 10:00 중구', 0.003, 0.6, 0.02, 0.023, 60, 48, 147],
    ['2020-03-17 21:00 단대동', 0.003, 0.6, 0.034, 0.034, 62, 24, 82],
    ['2020-04-16 12:00', 0.003, 0.4, 0.048, 0.027, 44, 25, 74],
    ['2020-05-02 02:00 영등포구', 0.002, 0.2, 0.054, 0.008, 48, 27, 79],
    ['2020-08-01 12:00 장흥동', 0.003, 0.3, 0.024, 0.011, 28, 7, 47],
    ['2020-10-28 14:00', 0.002, 0.4, 0.04, 0.023, 44, 25, 74],
    ['2020-10-28 15:00', 0.001, 0.4, 0.038, 0.021, 39, 21, 64],
    ['2023-05-13 15:00 종로구', 0.004, 0.4, 0.085, 0.009, 44, 23, 96],
    ['2025-11-26 14:00 정릉로', 0.0027, 0.43, 0.0212, 0.0292, 44, 27, 79],
  ])('is what AirKorea published for %s', (_, so2, co, o3, no2, pm10, pm2_5, khaiValue) => {
    expect(numberOf(cai, { so2, co, o3, no2, pm10, pm2_5 })).toBe(khaiValue);
  });

  const edges = [0, 50, 51, 100, 101, 250, 251, 500];
  it.each([
    ['so2', [0, 0.02, 0.021, 0.05, 0.051, 0.15, 0.151, 1]],
    ['co', [0, 2, 2.01, 9, 9.01, 15, 15.01, 50]],
    ['o3', [0, 0.03, 0.031, 0.09, 0.091, 0.15, 0.151, 0.6]],
    ['no2', [0, 0.03, 0.031, 0.06, 0.061, 0.2, 0.201, 2]],
    ['pm10', [0, 30, 31, 80, 81, 150, 151, 600]],
    ['pm2_5', [0, 15, 16, 35, 36, 75, 76, 500]],
  ])('follows the table of air.jeju.go.kr at the edges of every band of %s', (name, concentrations) => {
    expect(concentrations.map((each) => numberOf(cai, { ...clean, [name]: each }))).toEqual(edges);
  });

  it.each([
    [30.4, 50],
    [30.5, 51],
    [80.5, 101],
    [150.5, 251],
  ])('takes PM10 of %d as a whole number: %d', (pm10, value) => {
    expect(numberOf(cai, { ...clean, pm10 })).toBe(value);
  });

  it('takes gases as long as the table has them', () => {
    expect(numberOf(cai, { ...clean, o3: 0.0304 })).toBe(50);
    expect(numberOf(cai, { ...clean, o3: 0.0305 })).toBe(51);
    expect(numberOf(cai, { ...clean, co: 2.005 })).toBe(51);
  });

  it('is worse where several pollutants are bad: 50 more for two, 75 for three or more', () => {
    const two = { ...clean, pm10: 81, pm2_5: 36 };
    expect(numberOf(cai, { ...clean, pm10: 81, pm2_5: 35 })).toBe(101);
    expect(numberOf(cai, two)).toBe(151);
    expect(numberOf(cai, { ...two, o3: 0.091 })).toBe(176);
    expect(numberOf(cai, { ...two, o3: 0.091, no2: 0.061 })).toBe(176);
    expect(gradeFor(cai, { ...clean, pm10: 129, pm2_5: 63 })).toBe('very-bad');
  });

  it('ends at 500, as its scale does', () => {
    expect(numberOf(cai, { ...clean, pm10: 600, pm2_5: 500 })).toBe(500);
  });

  it.each(Object.keys(clean))('is absent without %s', (input) => {
    const { [input as keyof typeof clean]: _, ...others } = clean;
    expect(absenceOf(cai, others)).toMatchObject({ code: 'input-missing', input });
  });

  it.each([
    ['so2', 1.001],
    ['co', 50.01],
    ['o3', 0.601],
    ['no2', 2.001],
    ['pm10', 601],
    ['pm2_5', 501],
    ['pm2_5', -0.1],
  ])('is absent for %s of %d, which its table does not have', (input, concentration) => {
    expect(absenceOf(cai, { ...clean, [input]: concentration })).toMatchObject({
      code: 'input-out-of-range',
      input,
    });
  });

  it('of more of a pollutant is never less', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const most = { so2: 1, co: 50, o3: 0.6, no2: 2, pm10: 600, pm2_5: 500 };
    const names = Object.keys(most) as (keyof typeof most)[];
    fc.assert(
      fc.property(
        fc.tuple(share, share, share, share, share, share),
        fc.constantFrom(...names),
        share,
        (shares, name, more) => {
          const given = Object.fromEntries(
            names.map((each, i) => [each, (shares[i] ?? 0) ** 3 * most[each]]),
          );
          const raised = Math.min(most[name], (given[name] ?? 0) + more * most[name]);
          expect(numberOf(cai, { ...given, [name]: raised })).toBeGreaterThanOrEqual(numberOf(cai, given));
        },
      ),
    );
  });
});
