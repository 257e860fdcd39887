/** Undoes a timer; calling it twice is harmless. */
export type Cancel = () => void;

/** Time as the page needs it: how much has passed, never what the browser thinks the time of day is. */
export interface Clock {
  /** Milliseconds since the page opened; never steps back. */
  monotonic(): number;
  /** Calls back once, `ms` milliseconds from now. */
  after(ms: number, callback: () => void): Cancel;
}

/** The browser's own time. The one place of the page that asks for it. */
export const browserClock: Clock = {
  monotonic: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** Calls back once a second until cancelled. */
export function everySecond(clock: Clock, callback: () => void): Cancel {
  function tick(): void {
    callback();
    cancel = clock.after(1_000, tick);
  }
  let cancel = clock.after(1_000, tick);
  return () => cancel();
}
