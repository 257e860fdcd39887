import { expect, it } from 'vitest';
import { rateLimit } from '../../runtime/rate-limit.js';
import { virtualClock } from '../../simulators/virtual-clock.js';

it('a rate limit lets so many pass within any span, and says how long the next one waits', async () => {
  const clock = virtualClock();
  const limit = rateLimit(2, 1_000, clock);
  expect(limit.take()).toBe(0);
  await clock.advance(400);
  expect(limit.take()).toBe(0);
  await clock.advance(100);
  expect(limit.take()).toBe(500);
  await clock.advance(500);
  expect(limit.take()).toBe(0);
  expect(limit.take()).toBe(400);
});
