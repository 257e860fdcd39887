import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nowcast } from '../../../../runtime/indices/air/nowcast.js';
import { absenceOf, gradeFor, numberOf } from './answers.js';

const none = undefined;
const epa = [13, 16, 10, 21, 74, 64, 53, 82, 90, 75, 80, 50];
const omak = [46.3, 27.4, 59.8, 129.2, 130.6, 215.4, 143.2, 93.7, 101.8, 49.3, 80.2, 123.3];
const short = [478.5, 504.6, 589.8, 683.3, 711, none, 745.5, 645.7, 583, 510.4, 486.2, 461.7];
const long = [149.5, 149.9, 238.6, none, none, none, none, none, 763.8, 744.6, 734, 711.8];
const airNow = [21, none, 35, 49.2, 48.6, 53.7, 66.2, 69.2, 64.9, 50, 43, 34.9];

const mazama = 'MazamaScience AirMonitor, NowCast article';

describe('the NowCast', () => {
  it.each([
    [epa, 17.4, 'EPA, Dickerson 2016, NowCast slides hosted by the NWS, slide 11'],
    [airNow, 28.4, 'forum.airnowtech.org, The NowCast for PM2.5 and PM10'],
    [omak, 54.8, `${mazama}, example 1: all hours there`],
    [short, 543.8, `${mazama}, example 2: an hour missing`],
    [long, 164.7, `${mazama}, example 3: five hours missing`],
    [
      epa.with(2, Number.NaN).map((c) => (Number.isNaN(c) ? none : c)),
      18.4,
      'nowcast-aqi, tests: third hour missing',
    ],
  ])('of PM2.5 %j is %d (%s)', (values, published) => {
    expect(numberOf(nowcast, { pollutant: 'pm2_5', values })).toBe(published);
  });

  it.each([
    [long.slice(1), 'has two of three', 185.1],
    [long.slice(2), 'has one of three', none],
    [long.slice(3), 'has none of three', none],
    [long.slice(5), 'has none of three', none],
    [long.slice(6), 'has one of three', none],
  ])(
    'says nothing unless two of the last three hours are there, as in example 3 of %j',
    (values, _, published) => {
      if (published === undefined) {
        expect(absenceOf(nowcast, { pollutant: 'pm2_5', values })).toMatchObject({ code: 'too-few-hours' });
      } else {
        // The hour before the first that is printed is not known; it weighs a 2048th.
        expect(numberOf(nowcast, { pollutant: 'pm2_5', values })).toBeCloseTo(published, 0);
      }
    },
  );

  it('is cut off to a whole number for PM10', () => {
    expect(numberOf(nowcast, { pollutant: 'pm10', values: epa })).toBe(17);
  });

  it('is graded as the AQI, and not beyond its table', () => {
    expect(gradeFor(nowcast, { pollutant: 'pm2_5', values: airNow })).toBe('moderate');
    expect(gradeFor(nowcast, { pollutant: 'pm2_5', values: omak })).toBe('unhealthy-for-sensitive-groups');
    expect(gradeFor(nowcast, { pollutant: 'pm2_5', values: short })).toBeUndefined();
  });

  it('keeps the age of the hours behind a gap', () => {
    const values = [10, 10, ...Array<undefined>(9).fill(none), 100];
    expect(numberOf(nowcast, { pollutant: 'pm2_5', values })).toBe(10);
  });

  it('is 0 where the air is clean', () => {
    expect(numberOf(nowcast, { pollutant: 'pm2_5', values: Array(12).fill(0) })).toBe(0);
  });

  it('needs a pollutant', () => {
    expect(absenceOf(nowcast, { values: epa })).toMatchObject({ code: 'input-missing', input: 'pollutant' });
  });

  const concentration = fc.double({ min: 0, max: 1_000, noNaN: true });

  it('of a day without change is that day’s concentration', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 2, max: 12 }), (tenths, hours) => {
        const values = Array<number>(hours).fill(tenths / 10);
        expect(numberOf(nowcast, { pollutant: 'pm2_5', values })).toBe(tenths / 10);
      }),
    );
  });

  it('lies between the least and the greatest of its hours', () => {
    fc.assert(
      fc.property(fc.array(concentration, { minLength: 2, maxLength: 12 }), (values) => {
        const value = numberOf(nowcast, { pollutant: 'pm2_5', values });
        expect(value).toBeGreaterThan(Math.min(...values) - 0.1);
        expect(value).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
      }),
    );
  });
});
