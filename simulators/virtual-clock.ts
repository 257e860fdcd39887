import type { Clock } from '../drivers/ports.js';

/** A clock that stands still until it is moved; what was due on the way happens in order. */
export interface VirtualClock extends Clock {
  /** Lets `ms` milliseconds pass, and everything that follows from each timer before the next one. */
  advance(ms: number): Promise<void>;
  /** Steps the wall time, as a synchronisation does; monotonic time and timers do not notice. */
  step(ms: number): void;
}

interface Timer {
  due: number;
  callback: () => void;
}

/** @param start wall time in ms at which the clock begins */
export function virtualClock(start = Date.UTC(2026, 0, 1)): VirtualClock {
  let elapsed = 0;
  let stepped = 0;
  let timers: Timer[] = [];

  function nextDue(limit: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of timers) if (timer.due <= limit && (!next || timer.due < next.due)) next = timer;
    return next;
  }

  return {
    now: () => start + elapsed + stepped,
    monotonic: () => elapsed,
    after(ms, callback) {
      const timer = { due: elapsed + Math.max(0, ms), callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async advance(ms) {
      const end = elapsed + ms;
      await settle();
      for (let timer = nextDue(end); timer; timer = nextDue(end)) {
        elapsed = timer.due;
        timers = timers.filter((other) => other !== timer);
        timer.callback();
        await settle();
      }
      elapsed = end;
      await settle();
    },
    step(ms) {
      stepped += ms;
    },
  };
}

/** Lets everything run that only waits for promises or for the next turn of the event loop. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
}
