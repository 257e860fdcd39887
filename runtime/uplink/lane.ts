import type { Cancel, Clock } from '../../drivers/ports.js';
import type { Backoff } from '../backoff.js';

export interface LaneParts {
  /** Does the next piece of work; false when there was none. */
  step: () => Promise<boolean>;
  clock: Clock;
  /** How long to wait after a step that failed. */
  backoff: Backoff;
  onFailure: (error: unknown) => void;
}

/** Does work piece by piece, in order, one at a time. */
export interface Lane {
  /** From now on it may work, and tries at once. */
  open(): void;
  /** There may be something to do. */
  wake(): void;
  /** Starts no further step; resolves when the one under way has ended. */
  close(): Promise<void>;
}

export function createLane({ step, clock, backoff, onFailure }: LaneParts): Lane {
  let isOpen = false;
  let woken = false;
  let busy = false;
  let underWay = Promise.resolve();
  let cancelRetry: Cancel | undefined;

  async function work(): Promise<void> {
    busy = true;
    while (isOpen && woken) {
      woken = false;
      try {
        while (isOpen && (await step())) backoff.reset();
      } catch (error) {
        onFailure(error);
        if (isOpen) cancelRetry = clock.after(backoff.next(), resume);
        break;
      }
    }
    busy = false;
  }

  function resume(): void {
    cancelRetry?.();
    cancelRetry = undefined;
    woken = true;
    if (isOpen && !busy) underWay = work();
  }

  return {
    open() {
      isOpen = true;
      resume();
    },
    wake() {
      woken = true;
      if (!cancelRetry) resume();
    },
    close() {
      isOpen = false;
      cancelRetry?.();
      cancelRetry = undefined;
      return underWay;
    },
  };
}
