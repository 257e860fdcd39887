import type { Cancel, Clock, ClockSync, ClockSyncState } from '../drivers/ports.js';
import type { Moment } from './ingest/pipeline.js';

/** How often the clock is looked at, in ms. */
const period = 5_000;

/** A wall time that moved so much against the monotonic time between two looks, in ms, was set anew. */
const leastStep = 1_000;

/** What is known of the wall time. */
export interface Timekeeping {
  /** Resolves when it is known whether the time can be believed. */
  start(): Promise<void>;
  stop(): void;
  state(): ClockSyncState;
  /**
   * A moment of this run whose wall time is believed; undefined while none is. All of the run's monotonic times become
   * wall times by it: also those from before.
   */
  anchor(): Moment | undefined;
}

export interface TimekeepingParts {
  clock: Clock;
  sync: ClockSync;
  /** The time can be believed from now on. @param by how much it was wrong at the last look, in ms; 0 at the start */
  onSynchronised(anchor: Moment, state: ClockSyncState, wrongBy: number): void;
  /** The wall time, which is believed, was set forward or, below 0, back. @param by in ms */
  onStep(by: number): void;
}

/**
 * Watches the wall time. Once it is synchronised it stays so for this run: a clock that loses its network drifts by
 * seconds in a day, and is not wrong by years.
 */
export function createTimekeeping({ clock, sync, onSynchronised, onStep }: TimekeepingParts): Timekeeping {
  let state: ClockSyncState = { synchronised: false, by: 'nobody' };
  let anchor: Moment | undefined;
  let offset = offsetNow();
  let cancel: Cancel = () => {};
  let stopped = false;

  /** Wall time less monotonic time; it stays the same but for steps. */
  function offsetNow(): number {
    return clock.now() - clock.monotonic();
  }

  async function look(): Promise<void> {
    if (!anchor) state = await sync.check();
    if (stopped) return;
    const moved = offsetNow() - offset;
    offset += moved;
    if (anchor && Math.abs(moved) >= leastStep) onStep(moved);
    if (!anchor && state.synchronised) {
      anchor = { time: clock.now(), monotonic: clock.monotonic() };
      onSynchronised(anchor, state, moved);
    }
    cancel = clock.after(period, () => void look());
  }

  return {
    start: look,
    stop() {
      stopped = true;
      cancel();
    },
    state: () => state,
    anchor: () => anchor,
  };
}

/** The wall time of a moment of the same run, as the anchor tells it. */
export function timeBy(anchor: Moment, monotonic: number): number {
  return anchor.time + monotonic - anchor.monotonic;
}
