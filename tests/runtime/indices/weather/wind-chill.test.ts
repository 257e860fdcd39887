import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windChill } from '../../../../runtime/indices/weather/wind-chill.js';
import { absenceOf, gradeFor, valueFor } from './outcome.js';

const chart = {
  temperatures: [5, 0, -5, -10, -15, -20, -25, -30, -35, -40, -45, -50],
  winds: {
    5: [4, -2, -7, -13, -19, -24, -30, -36, -41, -47, -53, -58],
    10: [3, -3, -9, -15, -21, -27, -33, -39, -45, -51, -57, -63],
    15: [2, -4, -11, -17, -23, -29, -35, -41, -48, -54, -60, -66],
    20: [1, -5, -12, -18, -24, -30, -37, -43, -49, -56, -62, -68],
    30: [0, -6, -13, -20, -26, -33, -39, -46, -52, -59, -65, -72],
    40: [-1, -7, -14, -21, -27, -34, -41, -48, -54, -61, -68, -74],
    50: [-1, -8, -15, -22, -29, -35, -42, -49, -56, -63, -69, -76],
    60: [-2, -9, -16, -23, -30, -36, -43, -50, -57, -64, -71, -78],
    70: [-2, -9, -16, -23, -30, -37, -44, -51, -58, -65, -72, -80],
    80: [-3, -10, -17, -24, -31, -38, -45, -52, -60, -67, -74, -81],
  },
} as const;

describe('wind chill by the Wind Chill Calculation Chart of the Meteorological Service of Canada', () => {
  it.each(Object.entries(chart.winds))('in %s km/h, from +5 to -50 °C', (wind, printed) => {
    const computed = chart.temperatures.map((temperature) =>
      Math.round(valueFor(windChill, { temperature, wind_kmh: Number(wind) })),
    );
    // -0 is what rounding makes of a little below nought.
    expect(computed.map((value) => value + 0)).toEqual(printed);
  });
});

describe('wind chill', () => {
  it('is graded by the risk of frostbite that Environment Canada gives, in whole numbers', () => {
    const bands = [
      { id: 'low', least: -9, greatest: 0 },
      { id: 'moderate', least: -27, greatest: -10 },
      { id: 'high', least: -39, greatest: -28 },
      { id: 'very-high', least: -47, greatest: -40 },
      { id: 'severe', least: -54, greatest: -48 },
      { id: 'extreme', least: -81, greatest: -55 },
    ];
    for (const temperature of chart.temperatures.slice(1))
      for (let wind_kmh = 5; wind_kmh <= 80; wind_kmh += 0.5) {
        const whole = Math.round(valueFor(windChill, { temperature, wind_kmh }));
        const band = bands.find(({ least, greatest }) => whole >= least && whole <= greatest);
        expect(gradeFor(windChill, { temperature, wind_kmh })).toBe(band?.id);
      }
  });

  it('falls with the temperature and with the wind, and never by a jump', () => {
    const temperatures = fc.double({ min: -50, max: 9, noNaN: true });
    const winds = fc.double({ min: 4.8, max: 79, noNaN: true });
    fc.assert(
      fc.property(temperatures, winds, (temperature, wind_kmh) => {
        const value = valueFor(windChill, { temperature, wind_kmh });
        expect(valueFor(windChill, { temperature: temperature + 1, wind_kmh })).toBeGreaterThan(value);
        const windier = valueFor(windChill, { temperature, wind_kmh: wind_kmh + 1 });
        expect(windier).toBeLessThan(value);
        expect(value - windier).toBeLessThan(1.5);
      }),
    );
  });

  it('is absent in a calm, in a storm, in mild air and in air colder than the chart', () => {
    expect(absenceOf(windChill, { temperature: -10, wind_kmh: 4.7 }).input).toBe('wind_kmh');
    expect(absenceOf(windChill, { temperature: -10, wind_kmh: 80.1 }).input).toBe('wind_kmh');
    expect(absenceOf(windChill, { temperature: 10.1, wind_kmh: 20 }).input).toBe('temperature');
    expect(absenceOf(windChill, { temperature: -50.1, wind_kmh: 20 }).input).toBe('temperature');
  });
});
