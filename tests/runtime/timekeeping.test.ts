import { describe, expect, it } from 'vitest';
import { createTimekeeping, timeBy } from '../../runtime/timekeeping.js';
import { simulatedClockSync } from '../../simulators/clock-sync.js';
import { virtualClock } from '../../simulators/virtual-clock.js';

const hour = 3_600_000;
const summer = Date.UTC(2026, 5, 1);

async function keeping(start: number, sync = simulatedClockSync()) {
  const clock = virtualClock(start);
  const told: unknown[] = [];
  const time = createTimekeeping({
    clock,
    sync,
    onAnchor: (anchor) => told.push({ anchor }),
    onSynchronised: (witness, wrongBy) => told.push({ witness, wrongBy }),
    onStep: (by) => told.push({ step: by }),
  });
  await time.start();
  return { clock, told, time, sync };
}

describe('timekeeping', () => {
  it('has an anchor as soon as the clock is synchronised, by which times from before are told', async () => {
    const { clock, told, time, sync } = await keeping(0);
    await clock.advance(3 * hour);
    expect(time.anchor()).toBeUndefined();
    clock.step(summer);
    sync.become({ synchronised: true, by: 'timesyncd' });
    await clock.advance(5_000);
    const anchor = { time: summer + 3 * hour + 5_000, monotonic: 3 * hour + 5_000 };
    expect(told).toEqual([{ anchor }, { witness: 'timesyncd', wrongBy: summer }]);
    expect(timeBy(anchor, 60_000)).toBe(summer + 60_000);
  });

  it('knows by how much the time was wrong although it was set long before anybody vouched for it', async () => {
    const { clock, told, sync } = await keeping(0);
    clock.step(summer);
    await clock.advance(60_000);
    sync.become({ synchronised: true, by: 'chrony' });
    await clock.advance(5_000);
    expect(told).toContainEqual({ witness: 'chrony', wrongBy: summer });
  });

  it('tells that a time is believed from now on which turns out to have been right all along', async () => {
    const { clock, told, sync } = await keeping(
      summer,
      simulatedClockSync({ synchronised: false, by: 'kernel' }),
    );
    sync.become({ synchronised: true, by: 'kernel' });
    await clock.advance(5_000);
    expect(told).toContainEqual({ witness: 'kernel', wrongBy: 0 });
  });

  it('has nothing to tell where the clock is right from the start', async () => {
    const { told, time } = await keeping(summer, simulatedClockSync({ synchronised: true, by: 'timesyncd' }));
    expect(time.state()).toEqual({ synchronised: true, by: 'timesyncd' });
    expect(told).toEqual([{ anchor: { time: summer, monotonic: 0 } }]);
  });

  it('asks for network time where only a battery vouches, and believes a clock no less that lost it', async () => {
    const { clock, told, time, sync } = await keeping(
      summer,
      simulatedClockSync({ synchronised: true, by: 'rtc' }),
    );
    sync.become({ synchronised: false, by: 'kernel' });
    await clock.advance(10_000);
    expect(time.state()).toEqual({ synchronised: true, by: 'rtc' });
    sync.become({ synchronised: true, by: 'kernel' });
    clock.step(-20_000);
    await clock.advance(10_000);
    expect(time.state()).toEqual({ synchronised: true, by: 'kernel' });
    expect(told.slice(1)).toEqual([{ step: -20_000 }]);
    sync.become({ synchronised: false, by: 'chrony' });
    await clock.advance(10_000);
    expect(time.state()).toEqual({ synchronised: true, by: 'kernel' });
  });

  it('tells of each step of a synchronised clock, and of none while it is not', async () => {
    const { clock, told, sync } = await keeping(0);
    clock.step(hour);
    await clock.advance(10_000);
    expect(told).toEqual([]);
    sync.become({ synchronised: true, by: 'chrony' });
    await clock.advance(10_000);
    clock.step(-hour);
    await clock.advance(10_000);
    clock.step(200);
    await clock.advance(10_000);
    expect(told.slice(2)).toEqual([{ step: -hour }]);
  });

  it('looks no more once it is stopped', async () => {
    const { clock, told, time, sync } = await keeping(0);
    time.stop();
    sync.become({ synchronised: true, by: 'chrony' });
    await clock.advance(60_000);
    expect(told).toEqual([]);
  });
});
