import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { airPace, busPace, sinceMidnight, steadyPace } from '../../../runtime/feeds/pace.js';
import { createQuota, type Spent, spentSchema } from '../../../runtime/feeds/quota.js';
import { keptValue } from '../../../runtime/kept.js';
import { timeZone } from '../../../runtime/life/time-zone.js';
import { type VirtualClock, virtualClock } from '../../../simulators/virtual-clock.js';
import { type FailingDisk, failingDisk } from '../../rigs/failing-disk.js';

const zone = timeZone('Asia/Seoul');
const seoul = (text: string) => Date.parse(`${text}+09:00`);
const hour = 3_600_000;
const wholeDay = 24 * hour;

function quotaOn(clock: VirtualClock, disk: FailingDisk = failingDisk(), most: number | undefined = 3) {
  const kept = keptValue<Spent>({
    file: '/state/calls.json',
    schema: spentSchema,
    initial: {},
    disk,
    clock,
    code: 'FEED_UNKEPT',
    onLost: () => {},
  });
  return { kept, quota: createQuota({ feed: 'tago', most, kept, clock, zone }) };
}

describe('the calls of a day', () => {
  it('are counted, and end', () => {
    const { quota } = quotaOn(virtualClock(seoul('2026-06-03T10:00')));
    expect(quota.left()).toBe(3);
    for (let call = 0; call < 3; call++) quota.take();
    expect([quota.spent(), quota.left()]).toEqual([3, 0]);
    expect(quota.take).toThrow(expect.objectContaining({ code: 'FEED_QUOTA' }));
  });

  it('are there again at midnight where the portal is', async () => {
    const clock = virtualClock(seoul('2026-06-03T23:59'));
    const { quota } = quotaOn(clock);
    quota.take();
    expect(quota.endsAt()).toBe(seoul('2026-06-04T00:00'));
    await clock.advance(59_000);
    expect(quota.left()).toBe(2);
    await clock.advance(1_000);
    expect(quota.left()).toBe(3);
  });

  it('are still counted after a restart', async () => {
    const disk = failingDisk();
    const clock = virtualClock(seoul('2026-06-03T10:00'));
    const first = quotaOn(clock, disk);
    first.quota.take();
    first.quota.take();
    await first.kept.flush();
    const second = quotaOn(clock, disk);
    expect(second.quota.left()).toBe(1);
  });

  it('reach the card within a minute, and not with every call', async () => {
    const disk = failingDisk();
    disk.failAt(Number.POSITIVE_INFINITY);
    const clock = virtualClock(seoul('2026-06-03T10:00'));
    const { quota } = quotaOn(clock, disk, 1_000);
    for (let call = 0; call < 60; call++) {
      quota.take();
      await clock.advance(1_000);
    }
    await clock.advance(60_000);
    expect(quotaOn(clock, disk, 1_000).quota.spent()).toBe(60);
    expect(disk.operations()).toBeLessThan(20);
  });

  it('are not won back by a clock that goes back over midnight, nor lost by one that was years ahead', () => {
    const clock = virtualClock(seoul('2026-06-04T00:00'));
    const { quota } = quotaOn(clock);
    quota.take();
    clock.step(-60_000);
    expect(quota.left()).toBe(2);
    clock.step(400 * wholeDay);
    quota.take();
    clock.step(-400 * wholeDay);
    expect(quota.left()).toBe(3);
  });

  it('need no limit', () => {
    const clock = virtualClock(seoul('2026-06-03T10:00'));
    const kept = quotaOn(clock).kept;
    const quota = createQuota({ feed: 'x', most: undefined, kept, clock, zone });
    for (let call = 0; call < 5_000; call++) quota.take();
    expect(quota.left()).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('the pace', () => {
  const hours = { from: sinceMidnight('04:30'), to: sinceMidnight('00:30') };
  const common = { hours, zone, least: 15_000 };
  const now = seoul('2026-06-03T10:00');
  const plenty = { ...common, now, left: Number.POSITIVE_INFINITY, endsAt: now + 14 * hour };

  it.each([
    [1, 20_000],
    [5, 30_000],
    [30, 60_000],
    [undefined, 120_000],
  ])('with calls enough and a bus in %s min is %d ms', (minutes, every) => {
    const soonest = minutes === undefined ? undefined : now + minutes * 60_000;
    expect(busPace({ ...plenty, soonest })).toBe(every);
  });

  it('is slow while nothing runs', () => {
    const night = seoul('2026-06-03T02:00');
    expect(busPace({ ...plenty, now: night, soonest: undefined })).toBe(900_000);
    // But not where a bus comes all the same.
    expect(busPace({ ...plenty, now: night, soonest: night + 60_000 })).toBe(20_000);
  });

  it('spreads 1,000 calls over a whole day of buses, thicker when one is near', () => {
    const start = seoul('2026-06-03T00:00');
    const end = start + wholeDay;
    const fair = busPace({
      ...common,
      now: seoul('2026-06-03T05:00'),
      left: 900,
      endsAt: end,
      soonest: undefined,
    });
    const near = busPace({
      ...common,
      ...{ now: seoul('2026-06-03T05:00'), left: 900, endsAt: end, soonest: seoul('2026-06-03T05:01') },
    });
    expect(near).toBeLessThan(fair / 3);
    expect(near).toBeLessThan(45_000);
  });

  it('never uses up the calls of a day before its service ends, however the buses come', () => {
    const gaps = fc.array(fc.oneof(fc.constant(undefined), fc.integer({ min: 0, max: 3_600_000 })), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 20, max: 2_000 }), (pattern, most) => {
        const start = seoul('2026-06-03T00:00');
        const end = start + wholeDay;
        let calls = 0;
        for (let time = start; time < end; ) {
          calls += 1;
          const gap = pattern[calls % pattern.length];
          const soonest = gap === undefined ? undefined : time + gap;
          time += busPace({ ...common, now: time, left: most - calls, endsAt: end, soonest });
        }
        expect(calls).toBeLessThanOrEqual(most);
      }),
      { numRuns: 50, examples: [[[0], 100]] },
    );
  });

  it('without a limit is the one that is wanted, while buses run', () => {
    expect(steadyPace({ ...plenty, soonest: now + 3_600_000 }, 10_000)).toBe(10_000);
    expect(steadyPace({ ...plenty, soonest: undefined }, 10_000)).toBe(10_000);
    const night = seoul('2026-06-03T02:00');
    expect(steadyPace({ ...plenty, now: night, soonest: undefined }, 10_000)).toBe(900_000);
    expect(steadyPace({ ...plenty, soonest: now, left: 1_000 }, 10_000)).toBeGreaterThan(40_000);
  });

  it('of official air takes few calls', () => {
    const start = seoul('2026-06-03T00:00');
    let calls = 0;
    for (let time = start; time < start + wholeDay; calls++) {
      const newest = Math.floor((time - 12 * 60_000) / hour) * hour;
      time += airPace({ now: time, left: 500 - calls, endsAt: start + wholeDay, newest });
    }
    expect(calls).toBeGreaterThanOrEqual(24);
    expect(calls).toBeLessThan(60);
  });
});
