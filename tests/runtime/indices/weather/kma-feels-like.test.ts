import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kmaFeelsLike } from '../../../../runtime/indices/weather/kma-feels-like.js';
import { absenceOf, gradeFor, valueFor } from './outcome.js';

const summer = (temperature: number, humidity: number, month = 7) => ({ temperature, humidity, month });
const winter = (temperature: number, wind_speed: number, month = 1) => ({ temperature, wind_speed, month });

describe('feels-like temperature of summer by what the KMA says of it', () => {
  it.each([25, 28, 30, 31, 33, 35, 36])(
    'is the temperature at 55 percent: %d °C (hankyung.com, 15 May 2023)',
    (temperature) => {
      expect(valueFor(kmaFeelsLike, summer(temperature, 55))).toBeCloseTo(temperature, 0);
    },
  );

  it('is 32 °C at 35 °C and 30 % (hankyung.com, 15 May 2023)', () => {
    expect(valueFor(kmaFeelsLike, summer(35, 30))).toBeCloseTo(32, 0);
  });

  it.each([28, 30, 33, 35])(
    'goes by about a degree with each 10 percent of humidity: %d °C (news1.kr, 2024)',
    (temperature) => {
      for (const humidity of [45, 55, 65, 75]) {
        const rise =
          valueFor(kmaFeelsLike, summer(temperature, humidity + 10)) -
          valueFor(kmaFeelsLike, summer(temperature, humidity));
        expect(rise).toBeGreaterThan(0.7);
        expect(rise).toBeLessThan(1.15);
      }
    },
  );

  it('is the formula, not rounded', () => {
    expect(valueFor(kmaFeelsLike, summer(33, 70))).toBeCloseTo(34.3413, 3);
  });
});

describe('feels-like temperature of winter by the table of the KMA, in whole degrees', () => {
  it.each([
    [5, 5, 4, 'imaeil.com, 10 December 2009'],
    [5, 30, 0, 'imaeil.com, 10 December 2009'],
    [-5, 5, -7, 'imaeil.com, 10 December 2009'],
    [-5, 30, -13, 'imaeil.com, 10 December 2009'],
    [-25, 5, -30, 'imaeil.com, 10 December 2009'],
    [-40, 5, -47, 'imaeil.com, 10 December 2009'],
    [-10, 5, -13, 'coolsoo.blogspot.com, 2009'],
    [-10, 30, -20, 'coolsoo.blogspot.com, 2009'],
  ])('%d °C in %d km/h is %d °C (%s)', (temperature, kmPerHour, printed) => {
    const value = valueFor(kmaFeelsLike, winter(temperature, kmPerHour / 3.6));
    expect(Math.round(value) + 0).toBe(printed);
  });
});

describe('feels-like temperature', () => {
  it('takes the humidity from May to September and the wind from October to April', () => {
    for (const month of [5, 6, 7, 8, 9])
      expect(valueFor(kmaFeelsLike, { temperature: 5, humidity: 55, wind_speed: 10, month })).toBeGreaterThan(
        4,
      );
    for (const month of [1, 2, 3, 4, 10, 11, 12])
      expect(valueFor(kmaFeelsLike, { temperature: 5, humidity: 55, wind_speed: 10, month })).toBeLessThan(1);
  });

  it('is graded by the winter index, each level from its edge in tenths (data.go.kr, 15043578)', () => {
    const wanted = [
      [-15.5, 'cold-danger'],
      [-15.4, 'cold-warning'],
      [-10.6, 'cold-warning'],
      [-10.5, 'cold-caution'],
      [-3.3, 'cold-caution'],
      [-3.2, 'none'],
    ] as const;
    for (const [value, id] of wanted) {
      // Linear in the temperature, so that the air with that value can be told.
      const [at0, at1] = [valueFor(kmaFeelsLike, winter(0, 3)), valueFor(kmaFeelsLike, winter(1, 3))];
      expect(gradeFor(kmaFeelsLike, winter((value - at0) / (at1 - at0), 3))).toBe(id);
    }
  });

  it('is graded by the impact forecast of heat waves, each level from its edge (inews365.com, 3 June 2020)', () => {
    const wanted = [
      [30.9, 'none'],
      [31, 'heat-attention'],
      [32.9, 'heat-attention'],
      [33, 'heat-caution'],
      [34.9, 'heat-caution'],
      [35, 'heat-warning'],
      [37.9, 'heat-warning'],
      [38, 'heat-danger'],
    ] as const;
    for (const [value, id] of wanted) expect(gradeFor(kmaFeelsLike, summer(airOf(value), 60))).toBe(id);
  });

  it('rises in summer with the temperature and the humidity, without a jump', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 15, max: 49, noNaN: true }),
        fc.double({ min: 10, max: 98, noNaN: true }),
        fc.integer({ min: 5, max: 9 }),
        (temperature, humidity, month) => {
          const value = valueFor(kmaFeelsLike, summer(temperature, humidity, month));
          const warmer = valueFor(kmaFeelsLike, summer(temperature + 1, humidity, month)) - value;
          const moister = valueFor(kmaFeelsLike, summer(temperature, humidity + 1, month)) - value;
          expect(warmer).toBeGreaterThan(0);
          expect(warmer).toBeLessThan(1.5);
          expect(moister).toBeGreaterThan(0);
          expect(moister).toBeLessThan(0.4);
        },
      ),
    );
  });

  it('falls in winter with the temperature and the wind', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -50, max: 9, noNaN: true }),
        fc.double({ min: 1.3, max: 74, noNaN: true }),
        fc.constantFrom(10, 11, 12, 1, 2, 3, 4),
        (temperature, wind, month) => {
          const value = valueFor(kmaFeelsLike, winter(temperature, wind, month));
          expect(valueFor(kmaFeelsLike, winter(temperature + 1, wind, month))).toBeGreaterThan(value);
          expect(valueFor(kmaFeelsLike, winter(temperature, wind + 1, month))).toBeLessThan(value);
        },
      ),
    );
  });

  it('is there at the gates of winter and absent a tenth beyond them', () => {
    expect(Number.isFinite(valueFor(kmaFeelsLike, winter(10, 1.3)))).toBe(true);
    expect(absenceOf(kmaFeelsLike, winter(10.1, 1.3))).toMatchObject({
      code: 'not-applicable',
      input: 'temperature',
    });
    expect(absenceOf(kmaFeelsLike, winter(10, 1.2))).toMatchObject({
      code: 'not-applicable',
      input: 'wind_speed',
    });
  });

  it('is absent beyond what the formula of summer was fitted to', () => {
    expect(absenceOf(kmaFeelsLike, summer(30, 4.9)).input).toBe('humidity');
    expect(absenceOf(kmaFeelsLike, summer(30, 99.1)).input).toBe('humidity');
    expect(absenceOf(kmaFeelsLike, summer(-20.1, 50)).input).toBe('temperature');
    expect(absenceOf(kmaFeelsLike, summer(50.1, 50)).input).toBe('temperature');
    expect(absenceOf(kmaFeelsLike, summer(0, 6)).code).toBe('not-applicable');
  });

  it('asks only for what the season needs', () => {
    expect(absenceOf(kmaFeelsLike, { temperature: 30, month: 7 })).toMatchObject({
      code: 'input-missing',
      input: 'humidity',
    });
    expect(absenceOf(kmaFeelsLike, { temperature: 0, month: 1 })).toMatchObject({
      code: 'input-missing',
      input: 'wind_speed',
    });
    expect(absenceOf(kmaFeelsLike, { temperature: 30, humidity: 50 }).input).toBe('month');
    expect(absenceOf(kmaFeelsLike, summer(30, 50, 13)).input).toBe('month');
    expect(absenceOf(kmaFeelsLike, summer(30, 50, 6.5)).input).toBe('month');
  });

  /** The temperature that feels like that at 60 % humidity. */
  function airOf(value: number): number {
    let [cool, warm] = [20, 45];
    while (warm - cool > 1e-9) {
      const middle = (cool + warm) / 2;
      if (valueFor(kmaFeelsLike, summer(middle, 60)) < value) cool = middle;
      else warm = middle;
    }
    return warm;
  }
});
