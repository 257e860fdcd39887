import { describe, expect, it } from 'vitest';
import { quality } from '../../../config/catalogue/quality.js';
import { ShelterError } from '../../../config/errors.js';
import type { Reading, ShelterEvent } from '../../../runtime/reading.js';
import { lateStore } from '../../../runtime/store/late-store.js';
import type { Pending } from '../../../runtime/store/pending.js';
import type { Store } from '../../../runtime/store/port.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';

const stream = { id: 'a/temperature', sensor: 'a', property: 'temperature', unit: 'Cel' } as const;
const reading = (value: number): Reading => ({
  stream,
  time: value,
  monotonic: value,
  value,
  raw: value,
  quality: quality.pass,
});
const event: ShelterEvent = { kind: 'button.pressed', source: 'help', time: 0, monotonic: 0, detail: {} };

/** A store at its port, that only remembers. */
function rememberingStore(waiting: Pending) {
  const taken = { readings: [] as (number | null)[], events: [] as ShelterEvent[], closed: false };
  waiting.seal();
  for (let batch = waiting.next(); batch; batch = waiting.next()) {
    taken.readings.push(...batch.readings.map(({ value }) => value));
    taken.events.push(...batch.events);
    waiting.confirm({ readings: 0, events: 0 });
  }
  const store = {
    append: (readings: readonly Reading[]) => void taken.readings.push(...readings.map(({ value }) => value)),
    record: async (each: ShelterEvent) => taken.events.push(each),
    close: async () => {
      taken.closed = true;
    },
  } as Partial<Store> as Store;
  return { store, taken };
}

function opening(failures: number) {
  const clock = virtualClock();
  let remembering: ReturnType<typeof rememberingStore> | undefined;
  let tries = 0;
  const late = lateStore({
    open: async (waiting) => {
      tries++;
      if (tries <= failures) throw new ShelterError('STORE_UNUSABLE', 'read-only file system');
      remembering = rememberingStore(waiting);
      return remembering.store;
    },
    onOpen: () => {},
    onFailure: () => {},
    clock,
    backoff: { next: () => 1_000, reset: () => {} },
  });
  return { clock, late, taken: () => remembering?.taken, tries: () => tries };
}

describe('a database that cannot be opened', () => {
  it('does not stop the sensing: what comes meanwhile is handed over when it opens', async () => {
    const { clock, late, taken } = opening(3);
    await late.start();
    late.append([reading(1)]);
    late.record(event);
    expect(late.condition()).toMatchObject({ state: 'failing', problem: { code: 'STORE_UNUSABLE' } });
    expect(late.waiting.size()).toBe(2);
    await clock.advance(10_000);
    late.append([reading(2)]);
    expect(taken()).toMatchObject({ readings: [1, 2], events: [event] });
    expect(late.condition()).toEqual({ state: 'ok' });
    expect(late.waiting.size()).toBe(0);
  });

  it('is not tried any more once the shelter stops', async () => {
    const { clock, late, tries } = opening(Number.POSITIVE_INFINITY);
    await late.start();
    await clock.advance(2_500);
    await late.stop();
    const before = tries();
    await clock.advance(60_000);
    expect(tries()).toBe(before);
  });

  it('takes the newest readings where more come than memory may hold, and counts the others', async () => {
    const { clock, late, taken } = opening(2);
    await late.start();
    for (let value = 0; value < 100_007; value++) late.append([reading(value)]);
    expect(late.waiting.dropped()).toEqual({ readings: 7, events: 0 });
    await clock.advance(2_000);
    expect(taken()?.readings).toHaveLength(100_000);
    expect(taken()?.readings[0]).toBe(7);
  });

  it('is not left behind without a word about what is lost', async () => {
    const { late } = opening(Number.POSITIVE_INFINITY);
    await late.start();
    late.append([reading(1), reading(2)]);
    late.record(event);
    await expect(late.stop()).rejects.toMatchObject({
      code: 'STORE_UNUSABLE',
      message: '3 rows are lost, as the database was never opened. read-only file system',
    });
  });
});

it('a store that opens at once is closed at the stop', async () => {
  const { late, taken } = opening(0);
  await late.start();
  await late.stop();
  expect(taken()?.closed).toBe(true);
});
