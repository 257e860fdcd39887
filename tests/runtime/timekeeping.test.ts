import { describe, expect, it } from 'vitest';
import { createTimekeeping, timeBy } from '../../runtime/timekeeping.js';
import { simulatedClockSync } from '../../simulators/clock-sync.js';
import { virtualClock } from '../../simulators/virtual-clock.js';

const hour = 3_600_000;
const summer = Date.UTC(2026, 5, 1);

async function keeping(start: number, state = simulatedClockSync()) {
  const clock = virtualClock(start);
  const told: unknown[] = [];
  const time = createTimekeeping({
    clock,
    sync: state,
    onSynchronised: (anchor, { by }, wrongBy) => told.push({ anchor, by, wrongBy }),
    onStep: (by) => told.push({ step: by }),
  });
  await time.start();
  return { clock, told, time, state };
}

describe('timekeeping', () => {
  it('has an anchor as soon as the clock is synchronised, by which times from before are told', async () => {
    const { clock, told, time, state } = await keeping(0);
    await clock.advance(3 * hour);
    expect(time.anchor()).toBeUndefined();
    clock.step(summer);
    state.become({ synchronised: true, by: 'timesyncd' });
    await clock.advance(5_000);
    const anchor = { time: summer + 3 * hour + 5_000, monotonic: 3 * hour + 5_000 };
    expect(told).toEqual([{ anchor, by: 'timesyncd', wrongBy: summer }]);
    expect(timeBy(anchor, 60_000)).toBe(summer + 60_000);
  });

  it('knows at the start already where the clock is right', async () => {
    const { told, time } = await keeping(summer, simulatedClockSync({ synchronised: true, by: 'rtc' }));
    expect(time.state()).toEqual({ synchronised: true, by: 'rtc' });
    expect(told).toEqual([{ anchor: { time: summer, monotonic: 0 }, by: 'rtc', wrongBy: 0 }]);
  });

  it('tells of each step of a synchronised clock, and of none while it is not', async () => {
    const { clock, told, state } = await keeping(0);
    clock.step(hour);
    await clock.advance(10_000);
    expect(told).toEqual([]);
    state.become({ synchronised: true, by: 'chrony' });
    await clock.advance(10_000);
    clock.step(-hour);
    await clock.advance(10_000);
    clock.step(200);
    await clock.advance(10_000);
    expect(told.slice(1)).toEqual([{ step: -hour }]);
  });

  it('looks no more once it is stopped', async () => {
    const { clock, told, time, state } = await keeping(0);
    time.stop();
    state.become({ synchronised: true, by: 'chrony' });
    await clock.advance(60_000);
    expect(told).toEqual([]);
  });
});
