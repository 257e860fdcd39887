import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discomfort } from '../../../../runtime/indices/weather/discomfort.js';
import { wetBulb } from '../../../../runtime/indices/weather/wet-bulb.js';
import { absenceOf, gradeFor, valueFor } from './outcome.js';

describe('discomfort index', () => {
  it('30 °C at 80 percent is 82.92, as a worked example of the formula of the KMA has it (widedics.tistory.com/56)', () => {
    expect(valueFor(discomfort, { temperature: 30, humidity: 80 })).toBeCloseTo(82.92, 9);
  });

  it('is the temperature in °F where the air is saturated, as the formula of the KMA has it', () => {
    for (const temperature of [15, 20, 25, 30, 35, 40])
      expect(valueFor(discomfort, { temperature, humidity: 100 })).toBeCloseTo(1.8 * temperature + 32, 9);
  });

  it.each([
    [20, 40],
    [20, 70],
    [22, 60],
    [24, 50],
    [26, 70],
    [28, 80],
    [30, 60],
    [32, 70],
    [34, 50],
    [36, 60],
  ])(
    '%d °C at %d percent is what 0.72 (dry + wet bulb) + 40.6 gives, within a point (donga.com, 28 July 1997)',
    (temperature, humidity) => {
      const byWetBulb = 0.72 * (temperature + valueFor(wetBulb, { temperature, humidity })) + 40.6;
      expect(Math.abs(valueFor(discomfort, { temperature, humidity }) - byWetBulb)).toBeLessThan(1);
    },
  );

  it.each([
    [31, 40, 78],
    [27, 80, 78],
    [25, 50, 72],
  ])(
    '%d °C at %d percent is %d, as a chart of the temperature-humidity index has it (kestrelmeters.com)',
    (temperature, humidity, printed) => {
      expect(Math.round(valueFor(discomfort, { temperature, humidity }))).toBe(printed);
    },
  );

  it('is graded by the four levels of the KMA, each from its edge', () => {
    const wanted = [
      [67.99, 'low'],
      [68, 'normal'],
      [74.99, 'normal'],
      [75, 'high'],
      [79.99, 'high'],
      [80, 'very-high'],
    ] as const;
    for (const [value, id] of wanted) expect(gradeFor(discomfort, saturated(value))).toBe(id);
  });

  it('rises with the temperature and with the humidity', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 14.5, max: 49, noNaN: true }),
        fc.double({ min: 0, max: 99, noNaN: true }),
        (temperature, humidity) => {
          const value = valueFor(discomfort, { temperature, humidity });
          expect(valueFor(discomfort, { temperature: temperature + 1, humidity })).toBeGreaterThan(value);
          expect(valueFor(discomfort, { temperature, humidity: humidity + 1 })).toBeGreaterThan(value);
        },
      ),
    );
  });

  it('is absent where moister air would count as pleasanter', () => {
    expect(absenceOf(discomfort, { temperature: 14.4, humidity: 50 }).input).toBe('temperature');
    expect(absenceOf(discomfort, { temperature: 50.1, humidity: 50 }).input).toBe('temperature');
    expect(absenceOf(discomfort, { temperature: 25, humidity: 100.1 }).input).toBe('humidity');
    expect(absenceOf(discomfort, { temperature: 25, humidity: -0.1 }).input).toBe('humidity');
  });

  /** Saturated air with that index. */
  function saturated(value: number) {
    return { temperature: Number(((value - 32) / 1.8 + 1e-9).toFixed(9)), humidity: 100 };
  }
});
