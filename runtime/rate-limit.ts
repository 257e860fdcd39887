import type { Clock } from '../drivers/ports.js';

/** Lets so many pass within any span of time. */
export interface RateLimit {
  /** Lets one pass: 0. Otherwise the ms until the next may. */
  take(): number;
}

/** @param span in ms */
export function rateLimit(most: number, span: number, clock: Pick<Clock, 'monotonic'>): RateLimit {
  let passed: readonly number[] = [];
  return {
    take() {
      const now = clock.monotonic();
      passed = passed.filter((time) => now - time < span);
      const [oldest] = passed;
      if (oldest !== undefined && passed.length >= most) return oldest + span - now;
      passed = [...passed, now];
      return 0;
    },
  };
}
