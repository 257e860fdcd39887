import { expect, it } from 'vitest';
import { reconnectSpread } from '../../rigs/reconnect-spread.js';

const minute = 60_000;

it.each([
  { outage: 10_000, busiest: 150, all: 60 },
  { outage: minute, busiest: 60, all: 60 },
  { outage: 10 * minute, busiest: 60, all: 60 },
])('a thousand devices come back spread out after $outage ms', async ({ outage, busiest, all }) => {
  const spread = await reconnectSpread(1_000, outage);
  expect(spread.perSecond.reduce((sum, count) => sum + count, 0)).toBe(1_000);
  expect(spread.busiestSecond).toBeLessThanOrEqual(busiest);
  expect(spread.all).toBeLessThanOrEqual(all);
});
