import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dewPoint, relativeHumidity } from '../../simulators/air.js';
import type { Air } from '../../simulators/contract.js';
import { modelledEnvironment } from '../../simulators/environment.js';

const hour = 3_600_000;
const inYear = (year: number) => fc.integer({ min: Date.UTC(year), max: Date.UTC(year + 1) });
const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const fields = ['temperature', 'humidity', 'pressure', 'pm1', 'pm2_5', 'pm10'] as const;

/** The hours of a day in Seoul, that many days after the first of a month of 2026. */
function day(month: number, days: number): number[] {
  const midnight = Date.UTC(2026, month - 1, 1 + days) - 9 * hour;
  return Array.from({ length: 24 }, (_, index) => midnight + index * hour);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the modelled environment', () => {
  it('is the same for the same seed and another for another', () => {
    fc.assert(
      fc.property(seeds, inYear(2026), (seed, time) => {
        expect(modelledEnvironment(seed).at(time)).toEqual(modelledEnvironment(seed).at(time));
        expect(modelledEnvironment(seed).at(time)).not.toEqual(modelledEnvironment(seed + 1).at(time));
      }),
    );
  });

  it('stays within the climate of Seoul at any time', () => {
    const bounds: Record<keyof Air, [number, number]> = {
      temperature: [-14, 37],
      humidity: [20, 99],
      pressure: [996, 1_036],
      pm1: [2, 60],
      pm2_5: [4, 75],
      pm10: [9, 125],
    };
    fc.assert(
      fc.property(seeds, inYear(2026), (seed, time) => {
        const air = modelledEnvironment(seed).at(time);
        for (const field of fields) {
          expect(air[field]).toBeGreaterThanOrEqual(bounds[field][0]);
          expect(air[field]).toBeLessThanOrEqual(bounds[field][1]);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('has cold, dry winters and hot, damp summers', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { at } = modelledEnvironment(seed);
        const over = (month: number) =>
          Array.from({ length: 28 }, (_, days) => day(month, days).map(at)).flat();
        const [january, july] = [over(1), over(7)];
        expect(mean(january.map((air) => air.temperature))).toBeLessThan(3);
        expect(mean(july.map((air) => air.temperature))).toBeGreaterThan(21);
        expect(mean(january.map((air) => air.pressure))).toBeGreaterThan(
          mean(july.map((air) => air.pressure)) + 10,
        );
      }),
      { numRuns: 20 },
    );
  });

  it('moves so little in 15 s that no common sensor would see it', () => {
    const most: Air = {
      temperature: 0.01,
      humidity: 0.05,
      pressure: 0.005,
      pm1: 0.05,
      pm2_5: 0.05,
      pm10: 0.07,
    };
    fc.assert(
      fc.property(seeds, inYear(2026), (seed, time) => {
        const { at } = modelledEnvironment(seed);
        const [now, soon] = [at(time), at(time + 15_000)];
        for (const field of fields)
          expect(Math.abs(soon[field] - now[field])).toBeLessThanOrEqual(most[field]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('has no jump at midnight, at the turn of the month or of the year', () => {
    for (const time of [
      Date.UTC(2025, 11, 31, 15),
      Date.UTC(2026, 0, 15, 15),
      Date.UTC(2026, 1, 28, 15),
      Date.UTC(2024, 1, 29),
    ]) {
      const { at } = modelledEnvironment(3);
      const [before, after] = [at(time - 1), at(time + 1)];
      for (const field of fields) expect(after[field]).toBeCloseTo(before[field], 3);
    }
  });

  it('never has finer particles outweigh the coarser class that includes them', () => {
    fc.assert(
      fc.property(seeds, inYear(2026), (seed, time) => {
        const { pm1, pm2_5, pm10 } = modelledEnvironment(seed).at(time);
        expect(0 < pm1 && pm1 <= pm2_5 && pm2_5 <= pm10).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is warmest and driest in the afternoon, with a dew point that hardly follows the hour', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 12 }), (seed, month) => {
        const { at } = modelledEnvironment(seed);
        const hours = Array.from({ length: 24 }, (_, ofDay) =>
          Array.from({ length: 28 }, (_, days) => at(day(month, days)[ofDay] ?? 0)),
        );
        const course = (field: keyof Air) => hours.map((airs) => mean(airs.map((air) => air[field])));
        const [temperature, humidity] = [course('temperature'), course('humidity')];
        expect(temperature.indexOf(Math.max(...temperature))).toBeGreaterThanOrEqual(13);
        expect(temperature.indexOf(Math.max(...temperature))).toBeLessThanOrEqual(17);
        expect(humidity.indexOf(Math.min(...humidity))).toBeGreaterThanOrEqual(13);
        expect(humidity.indexOf(Math.min(...humidity))).toBeLessThanOrEqual(17);
        const dew = hours.map((airs) => mean(airs.map((air) => dewPoint(air.temperature, air.humidity))));
        const span = (values: number[]) => Math.max(...values) - Math.min(...values);
        expect(span(dew)).toBeLessThan(span(temperature) / 2);
      }),
      { numRuns: 25 },
    );
  });

  it('has more particles in the rush hours than between them', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { at } = modelledEnvironment(seed);
        const atHour = (ofDay: number) =>
          mean(Array.from({ length: 28 }, (_, days) => at(day(4, days)[ofDay] ?? 0).pm2_5));
        expect(atHour(8)).toBeGreaterThan(atHour(12) + 3);
        expect(atHour(18)).toBeGreaterThan(atHour(15) + 3);
      }),
      { numRuns: 25 },
    );
  });
});

describe('humidity and dew point', () => {
  it('undo each other', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -30, max: 45, noNaN: true }),
        fc.double({ min: 1, max: 100, noNaN: true }),
        (temperature, humidity) => {
          expect(relativeHumidity(temperature, dewPoint(temperature, humidity))).toBeCloseTo(humidity, 6);
        },
      ),
    );
  });

  it('agree with the tables', () => {
    expect(dewPoint(20, 50)).toBeCloseTo(9.3, 1);
    expect(relativeHumidity(30, 20)).toBeCloseTo(55.1, 0);
    expect(relativeHumidity(10, 12)).toBe(100);
  });
});
