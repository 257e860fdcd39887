/** Undoes a timer; calling it twice is harmless. */
export type Cancel = () => void;

/** Time as whoever keeps the screen sees it. */
export interface Clock {
  /** Wall time in ms since 1970; may step, and is wrong until the machine has been told it. */
  now(): number;
  /** Milliseconds since an arbitrary start; never steps back. */
  monotonic(): number;
  /** Calls back once, `ms` milliseconds from now on the monotonic time. */
  after(ms: number, callback: () => void): Cancel;
}

/** The machine's own time. The one place around the page that asks for it. */
export const machineClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** Calls back again and again, `ms` milliseconds after each call has come to its end, until it is cancelled. */
export function every(clock: Clock, ms: number, work: () => Promise<void> | void): Cancel {
  let stopped = false;
  let cancel: Cancel = () => {};

  async function turn(): Promise<void> {
    await work();
    if (!stopped) cancel = clock.after(ms, () => void turn());
  }

  cancel = clock.after(ms, () => void turn());
  return () => {
    stopped = true;
    cancel();
  };
}

/** Settles as the work does, or to `late` where that takes longer than `ms` milliseconds or fails. */
export function inTime<T>(clock: Clock, ms: number, work: Promise<T>, late: T): Promise<T> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, () => resolve(late));
    work.then(resolve, () => resolve(late)).finally(cancel);
  });
}
