import type { Cancel, Clock } from '../../drivers/ports.js';
import type { Backoff } from '../backoff.js';
import type { Pace } from './pace.js';

export interface LaneParts {
  /** Takes the next piece of work; undefined where there is none at present. */
  take(): Promise<Piece | undefined>;
  /** Goes back to the first piece that is not done. */
  rewind(): void;
  /** Completes what all pieces have left to do together. */
  finish(): Promise<void>;
  /** How many pieces may be under way at a time. */
  breadth(): number;
  pace: Pick<Pace, 'wait'>;
  clock: Clock;
  /** How long to wait after a piece that failed. */
  backoff: Backoff;
  onFailure(error: unknown): void;
}

/** Resolves when it is done. */
export type Piece = () => Promise<void>;

/** Does work piece by piece, in order, from its opening to its closing. */
export interface Lane {
  /** There may be something to do. */
  wake(): void;
  /** Does not wait any longer after a failure. */
  retry(): void;
  /** Takes no further piece; resolves when those under way have ended. */
  close(): Promise<void>;
}

/** A lane begins at once. */
export function openLane(parts: LaneParts): Lane {
  const { take, rewind, finish, breadth, pace, clock, backoff, onFailure } = parts;
  let open = true;
  let woken = false;
  let busy = false;
  let failed = false;
  let ended = Promise.resolve();
  let wakeUp: Cancel | undefined;

  async function work(): Promise<void> {
    busy = true;
    while (open && woken) {
      woken = false;
      failed = false;
      rewind();
      await takeAll();
      if (!failed) continue;
      await sleep(backoff.next());
      woken = true;
    }
    busy = false;
  }

  async function takeAll(): Promise<void> {
    const underWay = new Set<Promise<void>>();
    while (open && !failed) {
      if (underWay.size >= breadth()) {
        await Promise.race(underWay);
        continue;
      }
      await sleep(pace.wait());
      if (!open || failed) break;
      const piece = await take().catch(fail);
      if (!piece) break;
      const done: Promise<void> = piece()
        .then(backoff.reset, fail)
        .finally(() => underWay.delete(done));
      underWay.add(done);
    }
    await Promise.all(underWay);
    await finish().catch(fail);
  }

  function fail(error: unknown): undefined {
    if (!failed && open) onFailure(error);
    failed = true;
  }

  function sleep(ms: number): Promise<void> {
    if (ms === 0 || !open) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = clock.after(ms, resolve);
      wakeUp = () => {
        cancel();
        resolve();
      };
    });
  }

  function wake(): void {
    woken = true;
    if (open && !busy) ended = work();
  }

  wake();
  return {
    wake,
    retry() {
      if (failed) wakeUp?.();
    },
    close() {
      open = false;
      wakeUp?.();
      return ended;
    },
  };
}
