import { expect, it } from 'vitest';
import { quality } from '../../config/catalogue/quality.js';
import { watchFreshness } from '../../runtime/freshness.js';
import { latestReadings } from '../../runtime/latest.js';
import { virtualClock } from '../../simulators/virtual-clock.js';

const stream = { id: 'a/temperature', sensor: 'a', property: 'temperature', unit: 'Cel' } as const;

it('a value that grows old is told once, and again after it was fresh in between', async () => {
  const clock = virtualClock();
  const latest = latestReadings();
  latest.expect([stream], { interval: 5_000, staleAfter: 10_000 });
  const told: number[] = [];
  const take = () =>
    latest.take({
      stream,
      time: clock.now(),
      monotonic: clock.monotonic(),
      value: 1,
      raw: 1,
      quality: quality.pass,
    });
  const stop = watchFreshness(latest, clock, () => told.push(clock.monotonic()));

  await clock.advance(60_000);
  expect(told).toEqual([]);
  take();
  await clock.advance(60_000);
  expect(told).toEqual([71_000]);
  take();
  await clock.advance(20_000);
  expect(told).toEqual([71_000, 131_000]);

  stop();
  take();
  await clock.advance(60_000);
  expect(told).toHaveLength(2);
});
