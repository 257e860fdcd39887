import { describe, expect, it } from 'vitest';
import { ShelterError } from '../../../config/errors.js';
import { type Pending, pendingRows } from '../../../runtime/store/pending.js';
import { eventAt, readingAt } from '../../suites/store-suite.js';

function add(pending: Pending, from: number, to: number): void {
  pending.addReadings(Array.from({ length: to - from }, (_, index) => readingAt(0, from + index)));
}

const valuesOf = (pending: Pending) => pending.next()?.readings.map(({ value }) => value) ?? [];

describe('rows that wait', () => {
  it('come in the order they were added, as one batch until it is confirmed', () => {
    const pending = pendingRows();
    add(pending, 0, 3);
    pending.seal();
    expect(valuesOf(pending)).toEqual([0, 1, 2]);
    expect(pending.next()).toBe(pending.next());
    pending.confirm({ readings: 3, events: 0 });
    expect(pending.next()).toBeUndefined();
    expect(pending.size()).toBe(0);
  });

  it('belong to no group that was made before them', () => {
    const pending = pendingRows();
    add(pending, 0, 1);
    pending.seal();
    add(pending, 1, 2);
    expect(valuesOf(pending)).toEqual([0]);
    pending.confirm({ readings: 1, events: 0 });
    expect(pending.next()).toBeUndefined();
    pending.seal();
    expect(valuesOf(pending)).toEqual([1]);
    expect(pending.next()?.after).toEqual({ readings: 1, events: 0 });
  });

  it('come in batches that the event loop does not notice', () => {
    const pending = pendingRows();
    add(pending, 0, 2_500);
    pending.seal();
    const sizes: number[] = [];
    for (let batch = pending.next(); batch; batch = pending.next()) {
      sizes.push(batch.readings.length);
      pending.confirm({ readings: 0, events: 0 });
    }
    expect(sizes).toEqual([1_000, 1_000, 500]);
  });

  it('are dropped from the oldest on beyond the bound, and counted; those under way are not', () => {
    const pending = pendingRows();
    add(pending, 0, 10);
    pending.seal();
    const underWay = pending.next();
    add(pending, 10, 100_015);
    expect(pending.dropped()).toEqual({ readings: 5, events: 0 });
    expect(pending.size()).toBe(100_010);
    expect(pending.next()).toBe(underWay);
    expect(underWay?.dropped).toEqual({});
    pending.confirm({ readings: 10, events: 0 });
    pending.seal();
    expect(valuesOf(pending)[0]).toBe(15);
  });

  it('tell with the next batch how many were dropped, and when the earliest and the latest of them were taken', () => {
    const pending = pendingRows();
    const at = (time: number, monotonic: number) => ({ ...readingAt(time, 1), monotonic });
    pending.addReadings([at(5_000, 1), at(9_000, 2), at(2_000, 3)]);
    pending.addReadings(Array.from({ length: 100_000 }, (_, index) => at(6_000, 4 + index)));
    pending.seal();
    const dropped = {
      count: 3,
      least: { time: 2_000, monotonic: 3 },
      greatest: { time: 9_000, monotonic: 2 },
    };
    expect(pending.next()?.dropped).toEqual({ readings: dropped });
    expect(pending.dropped()).toEqual({ readings: 3, events: 0 });
    pending.confirm({ readings: 1_003, events: 0 });
    expect(pending.next()?.dropped).toEqual({});
    expect(pending.dropped()).toEqual({ readings: 0, events: 0 });
  });

  it('leave the group when they are dropped', () => {
    const pending = pendingRows();
    add(pending, 0, 100_000);
    pending.seal();
    add(pending, 100_000, 200_000);
    expect(pending.next()).toBeUndefined();
    expect(pending.dropped().readings).toBe(100_000);
  });

  it('tell each event its own seq', async () => {
    const pending = pendingRows();
    pending.follow({ readings: 0, events: 4 });
    const stored = [pending.addEvent(eventAt(1)), pending.addEvent(eventAt(2))];
    pending.seal();
    pending.next();
    pending.confirm({ readings: 0, events: 6 });
    expect(await Promise.all(stored)).toEqual([5, 6]);
  });

  it('tell each event that is given up', async () => {
    const pending = pendingRows();
    const first = pending.addEvent(eventAt(1));
    for (let index = 0; index < 10_000; index++) pending.addEvent(eventAt(2)).catch(() => {});
    await expect(first).rejects.toMatchObject({ code: 'STORE_UNUSABLE' });
    const last = pending.addEvent(eventAt(3));
    add(pending, 0, 2);
    pending.abandon(new ShelterError('STORE_UNUSABLE', 'closed'));
    await expect(last).rejects.toThrow('closed');
    expect(pending.size()).toBe(0);
  });
});
