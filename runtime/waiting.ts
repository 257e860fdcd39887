import type { Cancel, Clock } from '../drivers/ports.js';

/** Resolves after `ms` milliseconds of the clock. */
export function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}

/** Settles as the promise does, or rejects with `late()` where that takes longer than `ms` milliseconds. */
export function within<T>(clock: Clock, ms: number, promise: Promise<T>, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => reject(late()));
    promise.then(resolve, reject).finally(cancel);
  });
}

/** A list of listeners. */
export interface Listeners<T> {
  add(listener: (value: T) => void): Cancel;
  call(value: T): void;
}

export function listeners<T>(): Listeners<T> {
  const all = new Set<(value: T) => void>();
  return {
    add(listener) {
      all.add(listener);
      return () => all.delete(listener);
    },
    call(value) {
      for (const listener of [...all]) listener(value);
    },
  };
}

/** Waits that can be cut short. Unlike `Promise.race`, it keeps nothing of a wait that is over. */
export interface Interruptible {
  /** Settles as the promise does, or rejects with the reason of the interruption, be it before or meanwhile. */
  wait<T>(promise: Promise<T>): Promise<T>;
  interrupt(reason: Error): void;
}

export function interruptible(): Interruptible {
  const waits = listeners<Error>();
  let interruption: Error | undefined;
  return {
    wait: (promise) =>
      new Promise((resolve, reject) => {
        if (interruption) reject(interruption);
        const cancel = waits.add(reject);
        promise.then(resolve, reject).finally(cancel);
      }),
    interrupt(reason) {
      interruption ??= reason;
      waits.call(interruption);
    },
  };
}
