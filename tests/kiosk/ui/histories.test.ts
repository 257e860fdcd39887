import { expect, it } from 'vitest';
import type { Ask } from '../../../kiosk/ui/state/ask.js';
import { createHistories } from '../../../kiosk/ui/state/histories.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { historyNow } from '../screens-scene.js';

const now = Date.UTC(2026, 0, 15, 7, 31);

it('asks for the past day in means, once a minute at most, and keeps what it knows meanwhile', async () => {
  const clock = virtualClock();
  const asked: URLSearchParams[] = [];
  const ask: Ask = async (path) => {
    const query = new URL(path, 'http://stop').searchParams;
    asked.push(query);
    return { status: 200, body: historyNow(query), retryAfter: undefined };
  };
  const histories = createHistories({ ask, clock });
  const past = histories.of('air/pm2_5');
  expect(past.value).toEqual({ state: 'waiting' });

  for (let second = 0; second < 60; second++) {
    histories.refresh('air/pm2_5', now + second * 1_000);
    await clock.advance(1_000);
  }
  expect(asked).toHaveLength(1);
  expect(Object.fromEntries(asked[0] ?? [])).toEqual({
    stream: 'air/pm2_5',
    from: '2026-01-14T07:40:00.000Z',
    to: '2026-01-15T07:40:00.000Z',
    every: '10 min',
    most: '144',
  });
  expect(past.value).toMatchObject({ state: 'known', to: Date.UTC(2026, 0, 15, 7, 40) });
  histories.refresh('air/pm2_5', now + 60_000);
  expect(asked).toHaveLength(2);
  expect(past.value.state).toBe('known');
});

it('says that the past is not known where the shelter does not tell it, or tells nonsense', async () => {
  for (const answer of [
    { status: 0, body: undefined },
    { status: 503, body: { code: 'API_BUSY' } },
    { status: 200, body: { points: 'many' } },
  ]) {
    const clock = virtualClock();
    const histories = createHistories({ ask: async () => ({ ...answer, retryAfter: undefined }), clock });
    histories.refresh('air/pm2_5', now);
    await clock.advance(0);
    expect(histories.of('air/pm2_5').value).toEqual({ state: 'unknown' });
  }
});
