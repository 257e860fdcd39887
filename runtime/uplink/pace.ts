import type { Clock } from '../../drivers/ports.js';

/** Holds something to so many a second. */
export interface Pace {
  /** How long to wait, in ms, before the next may go. */
  wait(): number;
  /** So many have gone. */
  spend(many: number): void;
}

export function createPace(perSecond: number, clock: Pick<Clock, 'monotonic'>): Pace {
  let next = Number.NEGATIVE_INFINITY;
  return {
    wait: () => Math.max(0, next - clock.monotonic()),
    spend(many) {
      next = Math.max(next, clock.monotonic()) + (many / perSecond) * 1_000;
    },
  };
}

export const unhurried: Pace = { wait: () => 0, spend() {} };
