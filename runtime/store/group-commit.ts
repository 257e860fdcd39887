import type { Cancel, Clock } from '../../drivers/ports.js';

/** After a quiet time, the first row waits so long, in ms, for others to share its commit. */
const GATHER = 150;

/** Between a failed commit and the next try, in ms; doubled each time. */
const RETRY = { first: 1_000, most: 60_000 };

/** Decides when to commit. At most one commit is under way at a time. */
export interface GroupCommit {
  /** Says that rows wait: a commit follows soon after a quiet time, and else an interval after the last one began. */
  rowsWait(): void;
  /**
   * Commits all that waits at the call, after the commit that may be under way. Rejects as that commit does; it is then
   * tried again by itself.
   */
  now(): Promise<void>;
  /** No commit begins by itself any more. */
  stop(): void;
}

export interface GroupCommitOptions {
  clock: Clock;
  /** The longest, in ms, that a row waits for its commit to begin. */
  interval: number;
  /** True while there is something to commit. */
  waits(): boolean;
  commit(): Promise<void>;
}

export function groupCommit({ clock, interval, waits, commit }: GroupCommitOptions): GroupCommit {
  let begun = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let timer: Cancel | undefined;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let stopped = false;

  function pause(): number {
    if (failures > 0) return Math.min(RETRY.first * 2 ** (failures - 1), RETRY.most);
    return Math.max(Math.min(GATHER, interval), begun + interval - clock.monotonic());
  }

  function schedule(): void {
    if (timer || stopped) return;
    timer = clock.after(pause(), () => {
      timer = undefined;
      now().catch(() => {});
    });
  }

  function unschedule(): void {
    timer?.();
    timer = undefined;
  }

  async function attempt(): Promise<void> {
    unschedule();
    if (!waits()) return;
    begun = clock.monotonic();
    try {
      await commit();
      failures = 0;
    } catch (error) {
      failures += 1;
      throw error;
    } finally {
      unschedule();
      if (waits()) schedule();
    }
  }

  function run(): Promise<void> {
    next = undefined;
    running = attempt().finally(() => {
      running = undefined;
    });
    return running;
  }

  function now(): Promise<void> {
    if (next) return next;
    if (!running) return run();
    next = running.then(run, run);
    return next;
  }

  return {
    rowsWait: schedule,
    now,
    stop() {
      stopped = true;
      unschedule();
    },
  };
}
