import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eaqi } from '../../../../runtime/indices/air/eaqi.js';
import { absenceOf, gradeFor, numberOf } from './answers.js';

const grades = ['good', 'fair', 'moderate', 'poor', 'very-poor', 'extremely-poor'];

/** ETC HE Report 2024/17, as open-meteo/open-meteo#2045 quotes it. */
const table = [
  ['pm2_5', [5, 15, 50, 90, 140]],
  ['pm10', [15, 45, 120, 195, 270]],
  ['no2', [10, 25, 60, 100, 150]],
  ['o3', [60, 100, 120, 160, 180]],
  ['so2', [20, 40, 125, 190, 275]],
] as const;

const edges = table.flatMap(([name, greatest]) =>
  greatest.map((most, level) => ({ name, most, grade: grades[level], next: grades[level + 1] })),
);

describe('the European Air Quality Index', () => {
  it.each(edges)(
    'has the edges of the bands of 2024: $name $most is $grade, more is $next',
    ({ name, most, grade, next }) => {
      expect(gradeFor(eaqi, { [name]: most })).toBe(grade);
      expect(gradeFor(eaqi, { [name]: most + 0.1 })).toBe(next);
      expect(gradeFor(eaqi, { [name]: most + 1 })).toBe(next);
    },
  );

  it('is that of the worst pollutant, from 1 (good) to 6 (extremely poor)', () => {
    expect(numberOf(eaqi, { pm2_5: 0 })).toBe(1);
    expect(numberOf(eaqi, { pm2_5: 5, pm10: 46, o3: 60 })).toBe(3);
    expect(numberOf(eaqi, { pm2_5: 141, pm10: 0 })).toBe(6);
  });

  it('is absent without any pollutant', () => {
    expect(absenceOf(eaqi, {})).toMatchObject({ code: 'input-missing' });
    expect(absenceOf(eaqi, { pm2_5: -1 })).toMatchObject({ code: 'input-out-of-range', input: 'pm2_5' });
  });

  it('of more of a pollutant is never better', () => {
    const concentration = fc.double({ min: 0, max: 400, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...table), concentration, concentration, ([name], a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(numberOf(eaqi, { [name]: more })).toBeGreaterThanOrEqual(numberOf(eaqi, { [name]: less }));
      }),
    );
  });
});
