import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dewPoint } from '../../../../runtime/indices/weather/dew-point.js';
import { humidex } from '../../../../runtime/indices/weather/humidex.js';
import { absenceOf, gradeFor, valueFor } from './outcome.js';

describe('humidex by published values of a temperature and a dew point', () => {
  it.each([
    [30, 15, 34, 'Meteorological Service of Canada, in en.wikipedia.org/wiki/Humidex'],
    [30, 25, 42, 'Meteorological Service of Canada, in en.wikipedia.org/wiki/Humidex'],
    [25, 13, 28, 'A. Aalders, saltwire.com, 2022'],
    [25, 20, 33, 'A. Aalders, saltwire.com, 2022'],
    [34, 30, 53, 'Carman, 25 July 2007, record of Canada'],
    [35, 26, 48, 'Winnipeg, 25 July 2007'],
    [35, 23, 45, 'forecast for Winnipeg, 24 July 2007'],
    [32, 22, 41, 'robsobsblog.blogspot.com, 22 July 2007'],
  ])('%d °C with a dew point of %d °C is %d (%s)', (temperature, dew_point, published) => {
    expect(Math.round(valueFor(humidex, { temperature, dew_point }))).toBe(published);
  });
});

describe('humidex by the table over relative humidity of Environment Canada and CCOHS', () => {
  it.each([
    [21, 100, 29],
    [27, 50, 31],
    [28, 60, 35],
    [29, 50, 34],
    [30, 70, 41],
    [31, 60, 40],
    [32, 50, 39],
    [33, 40, 38],
    [34, 50, 43],
    [35, 40, 42],
    [43, 20, 47],
  ])('%d °C at %d percent is %d', (temperature, humidity, printed) => {
    const dew_point = valueFor(dewPoint, { temperature, humidity });
    expect(Math.abs(valueFor(humidex, { temperature, dew_point }) - printed)).toBeLessThan(1);
  });
});

describe('humidex', () => {
  it('is graded by the degrees of discomfort of Environment Canada, at the edge of each', () => {
    const wanted = { 29: 'none', 30: 'some', 39: 'some', 40: 'great', 45: 'great', 46: 'dangerous' };
    for (const [whole, id] of Object.entries(wanted))
      expect(gradeFor(humidex, airOf(Number(whole)))).toBe(id);
  });

  it('rises with the temperature and with the dew point', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 25, max: 42, noNaN: true }),
        fc.double({ min: -10, max: 24, noNaN: true }),
        (temperature, dew_point) => {
          const value = valueFor(humidex, { temperature, dew_point });
          expect(valueFor(humidex, { temperature: temperature + 1, dew_point })).toBeCloseTo(value + 1, 9);
          expect(valueFor(humidex, { temperature, dew_point: dew_point + 1 })).toBeGreaterThan(value);
        },
      ),
    );
  });

  it('is absent in cool air, beyond the table, and where the dew point is above the temperature', () => {
    expect(absenceOf(humidex, { temperature: 19.9, dew_point: 15 }).input).toBe('temperature');
    expect(absenceOf(humidex, { temperature: 43.1, dew_point: 15 }).input).toBe('temperature');
    expect(absenceOf(humidex, { temperature: 40, dew_point: 35.1 }).input).toBe('dew_point');
    expect(absenceOf(humidex, { temperature: 25, dew_point: 25.1 }).code).toBe('not-applicable');
  });

  /** Air at a dew point of 20 °C with that humidex. */
  function airOf(whole: number) {
    const warmer = valueFor(humidex, { temperature: 30, dew_point: 20 }) - 30;
    return { temperature: whole - warmer, dew_point: 20 };
  }
});
