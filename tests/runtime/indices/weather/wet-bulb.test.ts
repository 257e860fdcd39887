import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wetBulb } from '../../../../runtime/indices/weather/wet-bulb.js';
import { absenceOf, valueFor } from './outcome.js';

describe('wet-bulb temperature by the example of Stull 2011', () => {
  it('20 °C at 50 % is 13.7 °C', () => {
    expect(valueFor(wetBulb, { temperature: 20, humidity: 50 })).toBeCloseTo(13.7, 1);
  });
});

describe('wet-bulb temperature by published calculators of the Stull formula', () => {
  it.each([
    [20, 10, 6.96, 'rechneronline.de'],
    [38, 10, 17.35, 'rechneronline.de'],
    [50, 10, 24.28, 'rechneronline.de'],
    [20, 50, 13.7, 'rechneronline.de'],
    [38, 50, 29.17, 'rechneronline.de'],
    [42, 50, 32.61, 'rechneronline.de'],
    [46, 50, 36.05, 'rechneronline.de'],
    [50, 50, 39.49, 'rechneronline.de'],
  ])('%d °C at %d percent is %d °C (%s)', (temperature, humidity, published) => {
    expect(valueFor(wetBulb, { temperature, humidity })).toBeCloseTo(published, 2);
  });
});

describe('wet-bulb temperature by the psychrometric table of the US Weather Bureau, Bulletin 1071', () => {
  /** Humidity that the table prints for a temperature and how far the wet bulb is below it. */
  const rows = [
    { temperature: -2, depression: 1.0, humidity: 79 },
    { temperature: -2, depression: 2.0, humidity: 60 },
    { temperature: -1, depression: 1.0, humidity: 81 },
    { temperature: -5, depression: 0.4, humidity: 90 },
    { temperature: -5, depression: 1.0, humidity: 76 },
    { temperature: -8, depression: 1.0, humidity: 71 },
    { temperature: -10, depression: 0.4, humidity: 87 },
    { temperature: -10, depression: 1.0, humidity: 67 },
  ];

  it.each(rows)(
    '$temperature °C at $humidity % is $depression °C lower, within the error that the paper gives',
    ({ temperature, depression, humidity }) => {
      const error = valueFor(wetBulb, { temperature, humidity }) - (temperature - depression);
      expect(error).toBeGreaterThan(-1);
      expect(error).toBeLessThan(0.65);
    },
  );
});

describe('wet-bulb temperature', () => {
  const mild = fc.double({ min: 5, max: 49, noNaN: true });
  const humid = fc.double({ min: 10, max: 98, noNaN: true });

  it('rises with the temperature and with the humidity', () => {
    fc.assert(
      fc.property(mild, humid, (temperature, humidity) => {
        const value = valueFor(wetBulb, { temperature, humidity });
        expect(valueFor(wetBulb, { temperature: temperature + 1, humidity })).toBeGreaterThan(value);
        expect(valueFor(wetBulb, { temperature, humidity: humidity + 1 })).toBeGreaterThan(value);
      }),
    );
  });

  it('is not above the temperature by more than the error that the paper gives', () => {
    const any = {
      temperature: fc.double({ min: -20, max: 50, noNaN: true }),
      humidity: fc.double({ min: 43.1, max: 99, noNaN: true }),
    };
    fc.assert(
      fc.property(any.temperature, any.humidity, (temperature, humidity) => {
        expect(valueFor(wetBulb, { temperature, humidity })).toBeLessThan(temperature + 0.65);
      }),
    );
  });

  it('holds to the last degree and the last percent of what was fitted', () => {
    for (const given of [
      { temperature: -20, humidity: 99 },
      { temperature: 50, humidity: 5 },
      { temperature: 50, humidity: 99 },
      { temperature: 20, humidity: 5 },
    ])
      expect(Number.isFinite(valueFor(wetBulb, given))).toBe(true);
  });

  it('is absent beyond it, and in air that is both cold and dry', () => {
    expect(absenceOf(wetBulb, { temperature: -20.1, humidity: 50 }).input).toBe('temperature');
    expect(absenceOf(wetBulb, { temperature: 50.1, humidity: 50 }).input).toBe('temperature');
    expect(absenceOf(wetBulb, { temperature: 20, humidity: 4.9 }).input).toBe('humidity');
    expect(absenceOf(wetBulb, { temperature: 20, humidity: 99.1 }).input).toBe('humidity');
    expect(absenceOf(wetBulb, { temperature: -20, humidity: 20 }).code).toBe('not-applicable');
    expect(absenceOf(wetBulb, { temperature: -5, humidity: 19 }).code).toBe('not-applicable');
  });
});
