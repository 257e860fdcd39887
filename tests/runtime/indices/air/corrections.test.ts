import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epaCorrection, epaCorrection2021 } from '../../../../runtime/indices/air/epa-correction.js';
import { humidityGrowth } from '../../../../runtime/indices/air/humidity-growth.js';
import { absenceOf, numberOf } from './answers.js';

const concentration = fc.double({ min: 0, max: 2_000, noNaN: true });
const humidity = fc.double({ min: 0, max: 100, noNaN: true });

describe('the correction of US EPA, piecewise', () => {
  /** EPA publishes the pieces (slide 26); these are numbers that other implementations’ tests publish for them. */
  it.each([
    [10, 40, 7.542],
    [40, 40, 28.502],
    [100, 40, 80.902],
    [235, 40, 200.473],
    [10, 50, 6.68],
    [15, 50, 9.3],
    [300, 30, 289.526],
    [0, 100, 0],
  ])('makes %d at %d %% a %d, as is published', (cf1, rh, published) => {
    expect(numberOf(epaCorrection, { cf1, humidity: rh })).toBeCloseTo(published, 2);
  });

  /** By hand from the pieces, at their edges. */
  it.each([
    [30, 0, 0.524 * 30 + 5.75],
    [50, 0, 0.786 * 50 + 5.75],
    [210, 0, 0.786 * 210 + 5.75],
    [260, 0, 2.966 + 0.69 * 260 + 8.84e-4 * 260 ** 2],
    [30, 100, 0.524 * 30 - 8.62 + 5.75],
    [210, 100, 0.786 * 210 - 8.62 + 5.75],
    [260, 100, 2.966 + 0.69 * 260 + 8.84e-4 * 260 ** 2],
    [1_000, 100, 2.966 + 690 + 884],
  ])('has no jump where a piece begins: %d at %d %%', (cf1, rh, expected) => {
    expect(numberOf(epaCorrection, { cf1, humidity: rh })).toBeCloseTo(expected, 9);
    expect(numberOf(epaCorrection, { cf1: cf1 - 1e-9, humidity: rh })).toBeCloseTo(expected, 6);
  });

  it('is never below 0, and rises with the concentration', () => {
    fc.assert(
      fc.property(concentration, concentration, humidity, (a, b, rh) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        const low = numberOf(epaCorrection, { cf1: less, humidity: rh });
        expect(low).toBeGreaterThanOrEqual(0);
        expect(numberOf(epaCorrection, { cf1: more, humidity: rh })).toBeGreaterThanOrEqual(low - 1e-9);
      }),
    );
  });

  it('is absent for what no sensor gives', () => {
    expect(absenceOf(epaCorrection, { cf1: 10, humidity: 100.1 })).toMatchObject({ input: 'humidity' });
    expect(absenceOf(epaCorrection, { cf1: -1, humidity: 50 })).toMatchObject({ input: 'cf1' });
    expect(absenceOf(epaCorrection, { cf1: 10 })).toMatchObject({ code: 'input-missing', input: 'humidity' });
  });
});

describe('the correction of US EPA of 2021', () => {
  /** Barkjohn et al. 2022 (doi 10.3390/s22249669): a raw 570 at 50 % is corrected to 300. */
  it('makes 570 at 50 % about 300', () => {
    expect(Math.round(numberOf(epaCorrection2021, { cf1: 570, humidity: 50 }))).toBe(300);
  });

  /** Published for the coefficients in two digits, 0.52 and 0.086, by the tests of weewx-purple. */
  it.each([
    [0, 0, 5.75],
    [0, 21, 3.944],
    [108, 95, 53.74],
    [0, 90, 0],
  ])('makes %d at %d %% about %d', (cf1, rh, published) => {
    const rounding = 0.004 * cf1 + 0.0002 * rh;
    const corrected = numberOf(epaCorrection2021, { cf1, humidity: rh });
    expect(Math.abs(corrected - published)).toBeLessThanOrEqual(rounding + 1e-9);
  });

  it('is the piecewise one below 30, and lower from there to where that one bends', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 210, noNaN: true }), humidity, (cf1, rh) => {
        const line = numberOf(epaCorrection2021, { cf1, humidity: rh });
        const pieces = numberOf(epaCorrection, { cf1, humidity: rh });
        if (cf1 < 30) expect(line).toBe(pieces);
        else expect(line).toBeLessThanOrEqual(pieces);
      }),
    );
  });

  it('is never below 0', () => {
    expect(numberOf(epaCorrection2021, { cf1: 1, humidity: 100 })).toBe(0);
  });
});

describe('the correction for humidity', () => {
  /** By hand from C = 1 + (κ/1.65)/(1/a − 1), a the relative humidity; only the formula is published. */
  it.each([
    [0, 0.4, 1],
    [50, 0, 1],
    [50, 0.33, 1.2],
    [50, 0.825, 1.5],
    [75, 0.33, 1.6],
    [80, 0.33, 1.8],
    [90, 0.33, 2.8],
    [95, 0.33, 4.8],
  ])('at %d %% and κ %d finds %d times the dry mass', (rh, kappa, growth) => {
    expect(numberOf(humidityGrowth, { pm2_5: 100, humidity: rh, kappa })).toBeCloseTo(100 / growth, 9);
  });

  it('takes the particles of a city where it knows nothing of them', () => {
    const usual = numberOf(humidityGrowth, { pm2_5: 50, humidity: 80 });
    expect(usual).toBe(numberOf(humidityGrowth, { pm2_5: 50, humidity: 80, kappa: 0.4 }));
  });

  it('is absent in fog', () => {
    expect(absenceOf(humidityGrowth, { pm2_5: 50, humidity: 95.1 })).toMatchObject({
      code: 'input-out-of-range',
      input: 'humidity',
    });
  });

  it('never adds to a reading, and takes off the more the more humid it is', () => {
    const dry = fc.double({ min: 0, max: 95, noNaN: true });
    fc.assert(
      fc.property(concentration, dry, dry, (pm2_5, a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        const drier = numberOf(humidityGrowth, { pm2_5, humidity: less });
        expect(drier).toBeLessThanOrEqual(pm2_5);
        expect(numberOf(humidityGrowth, { pm2_5, humidity: more })).toBeLessThanOrEqual(drier);
      }),
    );
  });
});
