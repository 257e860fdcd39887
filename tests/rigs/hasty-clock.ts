import { systemClock } from '../../drivers/bindings/system-clock.js';
import type { Clock } from '../../drivers/ports.js';

/** The machine's own time, but so many times faster: for what real libraries and virtual time do not share. */
export function hastyClock(times: number): Clock {
  const wall = systemClock.now();
  const start = systemClock.monotonic();
  return {
    now: () => Math.round(wall + (systemClock.monotonic() - start) * times),
    monotonic: () => (systemClock.monotonic() - start) * times,
    after: (ms, callback) => systemClock.after(ms / times, callback),
  };
}
