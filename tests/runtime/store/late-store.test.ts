import { describe, expect, it } from 'vitest';
import { quality } from '../../../config/catalogue/quality.js';
import { ShelterError } from '../../../config/errors.js';
import type { Reading, ShelterEvent } from '../../../runtime/reading.js';
import { lateStore } from '../../../runtime/store/late-store.js';
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
function rememberingStore() {
  const taken: { readings: Reading[]; events: ShelterEvent[]; closed: boolean } = {
    readings: [],
    events: [],
    closed: false,
  };
  const store = {
    append: (readings: readonly Reading[]) => void taken.readings.push(...readings),
    record: async (each: ShelterEvent) => taken.events.push(each),
    close: async () => {
      taken.closed = true;
    },
  } as Partial<Store> as Store;
  return { store, taken };
}

function opening(failures: number) {
  const clock = virtualClock();
  const { store, taken } = rememberingStore();
  let tries = 0;
  const late = lateStore({
    open: async () => {
      tries++;
      if (tries <= failures) throw new ShelterError('STORE_UNUSABLE', 'read-only file system');
      return store;
    },
    onOpen: () => {},
    onFailure: () => {},
    clock,
    backoff: { next: () => 1_000, reset: () => {} },
  });
  return { clock, late, taken, tries: () => tries };
}

describe('a database that cannot be opened', () => {
  it('does not stop the sensing: what comes meanwhile is handed over when it opens', async () => {
    const { clock, late, taken } = opening(3);
    await late.start();
    late.append([reading(1)]);
    late.record(event);
    expect(late.condition()).toMatchObject({ state: 'failing', problem: { code: 'STORE_UNUSABLE' } });
    await clock.advance(10_000);
    late.append([reading(2)]);
    expect(taken.readings.map(({ value }) => value)).toEqual([1, 2]);
    expect(taken.events).toEqual([event]);
    expect(late.condition()).toEqual({ state: 'ok' });
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

  it('takes the newest readings where more come than memory may hold, and says how many it lost', async () => {
    const clock = virtualClock();
    const { store, taken } = rememberingStore();
    const lost: number[] = [];
    let usable = false;
    const late = lateStore({
      open: async () => {
        if (!usable) throw new ShelterError('STORE_UNUSABLE', 'no disk');
        return store;
      },
      onOpen: () => {},
      onFailure: (_, count) => lost.push(count),
      clock,
      backoff: { next: () => 1_000, reset: () => {} },
    });
    await late.start();
    for (let value = 0; value < 100_007; value++) late.append([reading(value)]);
    await clock.advance(1_000);
    usable = true;
    await clock.advance(1_000);
    expect(lost).toEqual([0, 7]);
    expect(taken.readings).toHaveLength(100_000);
    expect(taken.readings[0]?.value).toBe(7);
  });
});

it('a store that opens at once is closed at the stop', async () => {
  const { late, taken } = opening(0);
  await late.start();
  await late.stop();
  expect(taken.closed).toBe(true);
});
