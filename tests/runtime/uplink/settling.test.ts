import { expect, it } from 'vitest';
import type { Span } from '../../../runtime/store/port.js';
import { createSettling } from '../../../runtime/uplink/settling.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';

/** A store that takes a second for each span, and what it was told. */
function rig() {
  const clock = virtualClock();
  const told: Span[] = [];
  let failure: Error | undefined;
  const settling = createSettling(async (span) => {
    told.push(span);
    await new Promise<void>((resolve) => void clock.after(1_000, resolve));
    if (failure) throw failure;
  }, clock);
  return {
    ...settling,
    clock,
    told,
    fail(reason: Error | undefined) {
      failure = reason;
    },
  };
}

it('tells the first span at once, and those that come meanwhile together, soon after', async () => {
  const { settle, clock, told } = rig();
  for (const first of [1, 21, 11, 41]) settle({ first, last: first + 9 });
  expect(told).toEqual([{ first: 1, last: 10 }]);
  await clock.advance(1_000);
  expect(told).toHaveLength(1);
  await clock.advance(1_100);
  expect(told.slice(1)).toEqual([
    { first: 11, last: 30 },
    { first: 41, last: 50 },
  ]);
});

it('tells a span at once after a quiet time', async () => {
  const { settle, clock, told } = rig();
  settle({ first: 1, last: 1 });
  await clock.advance(2_000);
  settle({ first: 2, last: 2 });
  expect(told).toHaveLength(2);
});

it('has told all when it has finished', async () => {
  const { settle, finish, clock, told } = rig();
  for (const first of [1, 3, 5]) settle({ first, last: first });
  let finished = false;
  const finishing = finish().then(() => {
    finished = true;
  });
  await clock.advance(2_500);
  expect({ finished, told: told.length }).toEqual({ finished: false, told: 3 });
  await clock.advance(500);
  await finishing;
  expect(finished).toBe(true);
});

it('refuses more where the store has refused something, until whoever finishes has been told', async () => {
  const { settle, finish, fail, clock } = rig();
  fail(new Error('full'));
  settle({ first: 1, last: 1 });
  await clock.advance(1_000);
  expect(() => settle({ first: 2, last: 2 })).toThrow('full');
  await expect(finish()).rejects.toThrow('full');
  fail(undefined);
  settle({ first: 1, last: 2 });
  const finishing = finish();
  await clock.advance(1_000);
  await finishing;
});
