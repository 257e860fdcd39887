import type { Clock } from '../../drivers/ports.js';

/** How many rows go into a message: fewer once the broker could not bear so many, for a while. */
export interface Sizing {
  rows(): number;
  /** So many were too many. */
  halve(rows: number): void;
  /** It was not the size. */
  restore(): void;
}

/** How long, in ms, a smaller size is kept before the full one is tried again. */
const memory = 3_600_000;

/** @param most rows in one message */
export function createSizing(most: number, clock: Pick<Clock, 'monotonic'>): Sizing {
  let size = most;
  let since = 0;
  return {
    rows() {
      if (clock.monotonic() - since >= memory) size = most;
      return size;
    },
    halve(rows) {
      size = Math.max(1, Math.min(size, Math.floor(rows / 2)));
      since = clock.monotonic();
    },
    restore() {
      size = most;
    },
  };
}
