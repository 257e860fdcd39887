import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dewPoint } from '../../../../runtime/indices/weather/dew-point.js';
import { absenceOf, valueFor } from './outcome.js';

describe('dew point by the examples of the Sensirion application note (scribd.com/doc/77171612)', () => {
  it.each([
    [25, 10, -8.77],
    [50, 90, 47.9],
  ])('%d °C at %d percent is %d °C', (temperature, humidity, published) => {
    expect(valueFor(dewPoint, { temperature, humidity })).toBeCloseTo(published, 2);
  });
});

describe('dew point by a printed table that cuts off tenths (scribd.com/doc/39380596)', () => {
  it.each([
    [50, 50, 36],
    [40, 50, 27],
    [35, 70, 28],
    [30, 40, 14],
    [30, 80, 26],
    [25, 50, 13],
    [25, 90, 23],
    [20, 50, 9],
    [20, 70, 14],
    [15, 60, 7],
    [10, 80, 6],
    [5, 60, -2],
    [0, 100, 0],
  ])('%d °C at %d percent is %d °C', (temperature, humidity, published) => {
    expect(Math.trunc(valueFor(dewPoint, { temperature, humidity }))).toBe(published);
  });
});

describe('dew point', () => {
  const air = {
    temperature: fc.double({ min: -20, max: 60, noNaN: true }),
    humidity: fc.double({ min: 15, max: 100, noNaN: true }),
  };

  it('is the temperature where the air is saturated, from the coldest to the hottest', () => {
    for (const temperature of [-45, -20, 0, 20, 60])
      expect(valueFor(dewPoint, { temperature, humidity: 100 })).toBeCloseTo(temperature, 9);
  });

  it('is never above the temperature, and rises with it and with the humidity', () => {
    fc.assert(
      fc.property(air.temperature, air.humidity, (temperature, humidity) => {
        const value = valueFor(dewPoint, { temperature, humidity });
        expect(value).toBeLessThanOrEqual(temperature);
        expect(valueFor(dewPoint, { temperature, humidity: Math.max(humidity - 1, 15) })).toBeLessThanOrEqual(
          value,
        );
        expect(valueFor(dewPoint, { temperature: temperature - 1, humidity })).toBeLessThan(value);
      }),
    );
  });

  it('is absent where the formula does not hold', () => {
    expect(absenceOf(dewPoint, { temperature: -45.1, humidity: 50 }).input).toBe('temperature');
    expect(absenceOf(dewPoint, { temperature: 60.1, humidity: 50 }).input).toBe('temperature');
    expect(absenceOf(dewPoint, { temperature: 20, humidity: 100.1 }).input).toBe('humidity');
    expect(absenceOf(dewPoint, { temperature: -30, humidity: 5 }).code).toBe('not-applicable');
    expect(absenceOf(dewPoint, { temperature: 20, humidity: 0 }).code).toBe('not-applicable');
  });
});
