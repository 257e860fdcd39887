import type { Cancel, Clock } from '../../drivers/ports.js';

/** Calls back each `ms` milliseconds, without drift, until cancelled. */
export function repeat(clock: Clock, ms: number, callback: () => void): Cancel {
  let due = clock.monotonic() + ms;
  let cancel = wait();

  function wait(): Cancel {
    return clock.after(due - clock.monotonic(), () => {
      due += ms;
      cancel = wait();
      callback();
    });
  }

  return () => cancel();
}
