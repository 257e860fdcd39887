import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nwsHeatIndex } from '../../../../runtime/indices/weather/nws-heat-index.js';
import { absenceOf, gradeFor, valueFor } from './outcome.js';

const celsius = (fahrenheit: number) => (fahrenheit - 32) / 1.8;
const inFahrenheit = (t: number, humidity: number) =>
  valueFor(nwsHeatIndex, { temperature: celsius(t), humidity }) * 1.8 + 32;

/** From 40 % humidity in steps of 5 %, in °F: http://www.srh.noaa.gov/tsa/?n=heatindex */
const chart = {
  110: [136],
  108: [130, 137],
  106: [124, 130, 137],
  104: [119, 124, 131, 137],
  102: [114, 119, 124, 130, 137],
  100: [109, 114, 118, 124, 129, 136],
  98: [105, 109, 113, 117, 123, 128, 134],
  96: [101, 104, 108, 112, 116, 121, 126, 132],
  94: [97, 100, 103, 106, 110, 114, 119, 124, 129, 135],
  92: [94, 96, 99, 101, 105, 108, 112, 116, 121, 126, 131],
  90: [91, 93, 95, 97, 100, 103, 106, 109, 113, 117, 122, 127, 132],
  88: [88, 89, 91, 93, 95, 98, 100, 103, 106, 110, 113, 117, 121],
  86: [85, 87, 88, 89, 91, 93, 95, 97, 100, 102, 105, 108, 112],
  84: [83, 84, 85, 86, 88, 89, 90, 92, 94, 96, 98, 100, 103],
  82: [81, 82, 83, 84, 84, 85, 86, 88, 89, 90, 91, 93, 95],
  80: [80, 80, 81, 81, 82, 82, 83, 84, 84, 85, 86, 86, 87],
};

/** The chart is older than the addition for more than 85 % humidity below 87 °F. */
const added = (t: number, humidity: number) =>
  humidity > 85 && t <= 87 ? ((humidity - 85) / 10) * ((87 - t) / 5) : 0;

describe('heat index by the chart of the National Weather Service', () => {
  it.each(Object.entries(chart))('%s °F, from 40 % humidity on', (t, printed) => {
    for (const [step, whole] of printed.entries()) {
      const humidity = 40 + 5 * step;
      const plain = inFahrenheit(Number(t), humidity) - added(Number(t), humidity);
      // The chart rounds 92.49 at 90 °F and 45 % up.
      expect(Math.abs(plain - whole)).toBeLessThan(0.52);
    }
  });
});

describe('heat index in dry air and below 80 °F by the table of Steadman 1979 (windvisions.com/apparent.html)', () => {
  it.each([
    [75, 40, 74],
    [75, 50, 75],
    [70, 60, 70],
    [70, 70, 70],
    [80, 50, 81],
    [90, 15, 86],
    [95, 5, 88],
    [100, 0, 91],
    [100, 5, 93],
    [105, 5, 97],
    [110, 0, 99],
  ])('%d °F at %d percent is %d °F, within the 1.3 °F of the regression', (t, humidity, printed) => {
    expect(Math.abs(inFahrenheit(t, humidity) - printed)).toBeLessThan(1.3);
  });
});

describe('heat index', () => {
  it('is graded by the bands of the service, each from its edge in whole °F', () => {
    const edges = [
      [79, 'low'],
      [80, 'caution'],
      [89, 'caution'],
      [90, 'extreme-caution'],
      [102, 'extreme-caution'],
      [103, 'danger'],
      [124, 'danger'],
      [125, 'extreme-danger'],
    ] as const;
    for (const [whole, id] of edges) expect(gradeFor(nwsHeatIndex, airOf(whole))).toBe(id);
  });

  it('takes and gives °C', () => {
    expect(valueFor(nwsHeatIndex, { temperature: 32.22, humidity: 70 })).toBeCloseTo(celsius(106), 0);
  });

  it('rises with the temperature, but for the step where the regression takes over', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 20, max: 40, noNaN: true }),
        fc.double({ min: 0, max: 40, noNaN: true }),
        (temperature, humidity) => {
          const value = valueFor(nwsHeatIndex, { temperature, humidity });
          const warmer = valueFor(nwsHeatIndex, { temperature: temperature + 1, humidity });
          expect(warmer).toBeGreaterThan(value - 2);
          expect(warmer - value).toBeLessThan(3);
        },
      ),
    );
  });

  it('has no jump where its adjustments begin and end', () => {
    for (const t of [81, 84, 86]) {
      expect(inFahrenheit(t, 85.001)).toBeCloseTo(inFahrenheit(t, 85), 1);
      expect(inFahrenheit(t + 10, 12.999)).toBeCloseTo(inFahrenheit(t + 10, 13), 1);
    }
    expect(inFahrenheit(86.999, 95)).toBeCloseTo(inFahrenheit(87.001, 95), 1);
    expect(inFahrenheit(111.999, 5)).toBeCloseTo(inFahrenheit(112.001, 5), 0);
  });

  it('is absent in cool air, and where the chart has no number', () => {
    expect(absenceOf(nwsHeatIndex, { temperature: 19.9, humidity: 50 }).input).toBe('temperature');
    expect(absenceOf(nwsHeatIndex, { temperature: 50.1, humidity: 5 }).input).toBe('temperature');
    expect(absenceOf(nwsHeatIndex, { temperature: 30, humidity: 101 }).input).toBe('humidity');
    for (const [t, humidity] of [
      [110, 45],
      [100, 70],
      [96, 80],
      [92, 100],
    ] as const)
      expect(absenceOf(nwsHeatIndex, { temperature: celsius(t), humidity }).code).toBe('not-applicable');
  });

  /** Air at 55 % humidity with that index, in °F. */
  function airOf(whole: number) {
    for (let t = 70; t < 106; t += 0.01)
      if (Math.round(inFahrenheit(t, 55)) === whole) return { temperature: celsius(t), humidity: 55 };
    throw new Error(`no air has an index of ${whole} °F`);
  }
});
