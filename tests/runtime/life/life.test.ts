import { expect, it } from 'vitest';
import { quality } from '../../../config/catalogue/quality.js';
import { siteShape } from '../../../config/site.js';
import type { Life } from '../../../runtime/api/life.js';
import { latestReadings } from '../../../runtime/latest.js';
import { keepLife } from '../../../runtime/life/life.js';
import { hour, startOfHour } from '../../../runtime/life/windows.js';
import type { HistoryPoint, HistoryQuery } from '../../../runtime/store/port.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';

/** The keeper in virtual time, over a past that the test plays. */

const noon = Date.UTC(2026, 0, 15, 3);
const stream = { id: 'air/pm2_5', sensor: 'air', property: 'pm2_5', unit: 'ug/m3' } as const;
const site = siteShape.parse({
  id: 'stop',
  name: { en: 'Stop' },
  place: { latitude: 1, longitude: 2 },
  timeZone: 'Asia/Seoul',
  languages: ['en'],
  sensors: [{ id: 'air', driver: 'sds011', port: 'air' }],
});

function rig(synchronised = true) {
  const clock = virtualClock(noon + 60_000);
  const latest = latestReadings();
  latest.expect([stream], { interval: 60_000, staleAfter: 180_000 });
  const told: Life[] = [];
  const failures: unknown[] = [];
  const state = { synchronised, asked: 0, history: async (_: HistoryQuery): Promise<HistoryPoint[]> => [] };
  const keeper = keepLife({
    site: () => site,
    latest,
    store: () => ({
      history(query) {
        state.asked += 1;
        return state.history(query);
      },
    }),
    clock,
    isSynchronised: () => state.synchronised,
    onChange: (life) => told.push(life),
    onFailure: (error) => failures.push(error),
  });
  const take = (value: number) =>
    latest.take({
      ...{ stream, value, raw: value, quality: quality.pass },
      time: clock.now(),
      monotonic: clock.monotonic(),
    });
  return { clock, keeper, take, told, failures, state };
}

/** Every hour had so much of it. */
const ofAllHours =
  (value: number) =>
  async ({ to, every = 1 }: HistoryQuery): Promise<HistoryPoint[]> =>
    every === hour
      ? Array.from({ length: 72 }, (_, age) => ({
          ...{ time: startOfHour(to - 1) - age * hour, value, quality: quality.pass, count: 60 },
        }))
      : [];

it('is at hand before anything was read or measured', () => {
  const { keeper, told } = rig();
  expect(keeper.now().air).toMatchObject({ value: null, absent: { lacks: [{ why: 'missing' }, {}] } });
  expect(told).toEqual([]);
});

it('is made every few seconds and not with each reading, and tells of changes alone', async () => {
  const { clock, keeper, take, told } = rig();
  keeper.start();
  await clock.advance(0);
  expect(told).toHaveLength(1);
  for (const value of [10, 20, 40]) take(value);
  expect(told).toHaveLength(1);
  await clock.advance(5_000);
  expect(told).toHaveLength(2);
  expect(told[1]?.air.parts).toMatchObject([{ value: 40, basis: 'latest' }]);
  await clock.advance(60_000);
  expect(told).toHaveLength(2);
  expect(keeper.now().inputs[0]?.age).toBe(65);
  keeper.stop();
  take(80);
  await clock.advance(60_000);
  expect(told).toHaveLength(2);
});

it('says that a value has grown old, without any reading to tell of that', async () => {
  const { clock, keeper, take, told } = rig();
  take(10);
  keeper.start();
  await clock.advance(190_000);
  expect(told.map(({ air }) => air.grade)).toEqual(['good', null]);
  expect(told.at(-1)?.inputs[0]).toMatchObject({ value: null, why: 'stale' });
  keeper.stop();
});

it('knows the past hours with its first summary, and the new one as soon as an hour ends', async () => {
  const { clock, keeper, take, told, state } = rig();
  state.history = ofAllHours(40);
  take(10);
  keeper.start();
  await clock.advance(0);
  expect(told[0]?.air).toMatchObject({ grade: 'bad', basis: 'hour' });
  state.history = ofAllHours(20);
  for (let minute = 1; minute <= 59; minute++) {
    await clock.advance(60_000);
    take(10);
  }
  await clock.advance(5_000);
  expect(keeper.now().air).toMatchObject({ grade: 'moderate', basis: 'hour' });
  keeper.stop();
});

it('asks little of the store', async () => {
  const { clock, keeper, state } = rig();
  state.history = ofAllHours(40);
  keeper.start();
  await clock.advance(180_000);
  state.asked = 0;
  await clock.advance(600_000);
  expect(state.asked).toBeLessThanOrEqual(600 / 30 + 2);
  keeper.stop();
});

it('goes on without a past where the store fails or hangs, and says that it fails', async () => {
  const { clock, keeper, take, told, failures, state } = rig();
  state.history = async () => Promise.reject(new Error('the card is gone'));
  take(10);
  keeper.start();
  await clock.advance(5_000);
  expect(told.at(-1)?.air).toMatchObject({ grade: 'good', basis: 'latest' });
  expect(failures).toMatchObject([{ message: 'the card is gone' }]);
  state.history = () => new Promise(() => {});
  await clock.advance(600_000);
  expect(told.at(-1)?.air.absent?.lacks).toContainEqual({ property: 'pm2_5', why: 'stale' });
  keeper.stop();
});

it('reads no past while the clock is not set, and at once when it is', async () => {
  const { clock, keeper, take, told, state } = rig(false);
  state.history = ofAllHours(40);
  take(10);
  keeper.start();
  await clock.advance(60_000);
  expect(state.asked).toBe(0);
  expect(told.at(-1)).toMatchObject({ synchronised: false, air: { basis: 'latest' } });
  state.synchronised = true;
  keeper.doubtPast();
  await clock.advance(5_000);
  expect(told.at(-1)).toMatchObject({ synchronised: true, air: { basis: 'hour', grade: 'bad' } });
  keeper.stop();
});
