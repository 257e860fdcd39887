import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Quality, quality } from '../../../config/catalogue/quality.js';
import type { Reading } from '../../../runtime/reading.js';
import { openDatabase } from '../../../runtime/store/database.js';
import type { HistoryPoint, HistoryQuery } from '../../../runtime/store/port.js';
import { humidity, readingAt, temperature } from '../../suites/store-suite.js';
import { temporaryFolder } from './folder.js';

const start = Date.UTC(2026, 0, 1);

/** The same by looking at every reading, without a thought for speed. */
function plainHistory(
  all: readonly Reading[],
  { stream, from, to, most, every }: HistoryQuery,
): HistoryPoint[] {
  const inside = all
    .filter((reading) => reading.stream.id === stream && reading.time >= from && reading.time < to)
    .sort((a, b) => a.time - b.time);
  if (every === undefined) {
    return inside.slice(-most).map(({ time, value, quality }) => ({ time, value, quality, count: 1 }));
  }
  const starts = [...new Set(inside.map(({ time }) => Math.floor(time / every) * every))];
  return starts.slice(-most).map((time) => {
    const bin = inside.filter((reading) => reading.time >= time && reading.time < time + every);
    const usable = bin.flatMap(({ value, quality }) =>
      value !== null && quality < 4 ? [{ value, quality }] : [],
    );
    const best = Math.min(...usable.map(({ quality }) => quality));
    const good = usable.filter(({ quality }) => quality === best);
    const flags = (good.length > 0 ? good : bin).map(({ quality }) => quality);
    return {
      time,
      value: good.length > 0 ? good.reduce((sum, { value }) => sum + value, 0) / good.length : null,
      quality: Math.max(...flags) as Quality,
      count: good.length,
    };
  });
}

const value = fc.option(fc.double({ min: -40, max: 1_000, noNaN: true }), { freq: 10 });
const flag = fc.constantFrom(...Object.values(quality));
/** What the clock does between two commits: mostly it runs on, sometimes it is set by hours. */
const pause = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 20_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -10_000_000, max: 10_000_000 }) },
);
const commit = fc.record({
  pause,
  cells: fc.array(fc.record({ value, flag }), { minLength: 1, maxLength: 6 }),
});
const query = fc.record(
  {
    stream: fc.constantFrom(temperature.id, humidity.id),
    from: fc.integer({ min: start - 20_000_000, max: start + 20_000_000 }),
    to: fc.integer({ min: start - 20_000_000, max: start + 30_000_000 }),
    most: fc.integer({ min: 1, max: 400 }),
    every: fc.integer({ min: 1, max: 3_600_000 }),
  },
  { requiredKeys: ['stream', 'from', 'to', 'most'] },
);

/** Means that rollups fit, and such as they do not. */
const every = fc.oneof(
  fc.integer({ min: 1, max: 3_600_000 }),
  fc.constantFrom(600_000, 1_800_000, 3_600_000, 86_400_000),
);

describe('history', () => {
  it('from rollups is exactly what the readings give, late ones and flags included', () => {
    const folder = temporaryFolder();
    let round = 0;
    const tenths = fc.integer({ min: -400, max: 9_999 }).map((digits) => digits / 10);
    const cell = fc.record({ value: fc.option(tenths, { freq: 10 }), flag });
    const commits = fc.array(
      fc.record({ pause, cells: fc.array(cell, { minLength: 1, maxLength: 6 }), tidied: fc.boolean() }),
      { minLength: 10, maxLength: 60 },
    );
    const queries = fc.array(fc.tuple(query, every), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(commits, queries, (given, asked) => {
        const [plain, rolled] = ['plain', 'rolled'].map((name) => {
          const file = join(folder, `${name}-${round}.db`);
          const boot = { name: 'boot', time: 0, monotonic: 0 };
          return openDatabase({ file, device: 'd', epoch: 'e', boot }, { monotonic: () => 0, now: () => 0 });
        });
        round += 1;
        let after = 0;
        let time = start;
        for (const { pause, cells, tidied } of given) {
          time += pause;
          const readings = Array.from({ length: 25 * cells.length }, (_, index) => {
            const { value, flag } = cells[index % cells.length] ?? { value: null, flag: 9 };
            const stream = index % 2 ? humidity : temperature;
            return readingAt(time + index * 10, value, { stream, quality: flag });
          });
          const batch = { after: { readings: after, events: 0 }, events: [], readings };
          for (const database of [plain, rolled]) database?.commit(batch);
          after += readings.length;
          if (tidied) while (rolled?.tidy());
        }
        for (const [each, width] of asked) {
          const question = { ...each, every: width };
          expect(rolled?.history(question)).toEqual(plain?.history(question));
        }
        for (const database of [plain, rolled]) database?.close();
      }),
      { numRuns: 30 },
    );
  });

  it('equals a look at every reading, over many runs of readings and wherever the clock stepped', () => {
    const folder = temporaryFolder();
    let round = 0;
    fc.assert(
      fc.property(
        fc.array(commit, { minLength: 10, maxLength: 60 }),
        fc.array(query, { minLength: 1, maxLength: 8 }),
        (commits, queries) => {
          const file = join(folder, `${round++}.db`);
          const boot = { name: 'boot', time: 0, monotonic: 0 };
          const database = openDatabase(
            { file, device: 'd', epoch: 'e', boot },
            { monotonic: () => 0, now: () => 0 },
          );
          const all: Reading[] = [];
          let time = start;
          for (const { pause, cells } of commits) {
            time += pause;
            const readings = Array.from({ length: 25 * cells.length }, (_, index) => {
              const { value, flag } = cells[index % cells.length] ?? { value: null, flag: 9 };
              const stream = index % 2 ? humidity : temperature;
              return readingAt(time + index * 10, value, { stream, quality: flag });
            });
            database.commit({ after: { readings: all.length, events: 0 }, events: [], readings });
            all.push(...readings);
          }
          for (const each of queries) {
            const points = database.history(each);
            const expected = plainHistory(all, each);
            expect(points.map(({ value: _, ...rest }) => rest)).toEqual(
              expected.map(({ value: _, ...rest }) => rest),
            );
            for (const [index, point] of expected.entries()) {
              if (point.value === null) expect(points[index]?.value).toBeNull();
              else expect(points[index]?.value).toBeCloseTo(point.value, 6);
            }
          }
          database.close();
        },
      ),
      { numRuns: 30 },
    );
  });
});
