import type { Cancel, Clock, ClockSync, ClockSyncState, ClockWitness } from '../drivers/ports.js';
import type { Moment } from './ingest/pipeline.js';

/** How often the clock is looked at, in ms. */
const period = 5_000;

/** A wall time that moved so much against the monotonic time between two looks, in ms, was set anew. */
const leastStep = 1_000;

const networkTime: readonly ClockWitness[] = ['timesyncd', 'chrony', 'kernel'];

/** What is known of the wall time. */
export interface Timekeeping {
  /** Resolves when it is known whether the time can be believed. */
  start(): Promise<void>;
  stop(): void;
  state(): ClockSyncState;
  /** How far the wall time was set since the start, in ms, against the monotonic time. */
  moved(): number;
  /**
   * A moment of this run whose wall time is believed; undefined while none is. All of the run's monotonic times from
   * before become wall times by it.
   */
  anchor(): Moment | undefined;
}

export interface TimekeepingParts {
  clock: Clock;
  sync: ClockSync;
  /** The time can be believed from now on. */
  onAnchor(anchor: Moment): void;
  /** The same, where some times from before could not. @param wrongBy of the time at the start, in ms */
  onSynchronised(witness: ClockWitness, wrongBy: number): void;
  /** The wall time, which was believed, was set forward or, below 0, back. @param by in ms */
  onStep(by: number): void;
}

/**
 * Watches the wall time. Once it is synchronised it stays so for this run: a clock that loses its network drifts by
 * seconds in a day, and is not wrong by years.
 *
 * A step after that changes no time that was given before: every row keeps the time that the clock had when it was
 * taken, and the step is told, so that whoever reads the rows can judge. Nobody knows whether the time before a step
 * or the one after it is right: a clock may be corrected, and somebody may set it wrong by hand.
 */
export function createTimekeeping(parts: TimekeepingParts): Timekeeping {
  const { clock, sync, onAnchor, onSynchronised, onStep } = parts;
  const offsetAtStart = offsetNow();
  let state: ClockSyncState = { synchronised: false, by: 'nobody' };
  let anchor: Moment | undefined;
  let offset = offsetAtStart;
  let hasLooked = false;
  let stopped = false;
  let cancel: Cancel = () => {};

  /** Wall time less monotonic time; it stays the same but for steps. */
  function offsetNow(): number {
    return clock.now() - clock.monotonic();
  }

  async function look(): Promise<void> {
    await askForWitness();
    if (stopped) return;
    if (!anchor && state.synchronised) dropAnchor();
    else noticeStep();
    hasLooked = true;
    cancel = clock.after(period, () => void look());
  }

  /** Only network time ends the asking: whoever believed a battery may learn better. */
  async function askForWitness(): Promise<void> {
    if (state.synchronised && networkTime.includes(state.by)) return;
    const next = await sync.check();
    if (next.synchronised || !anchor) state = next;
  }

  function dropAnchor(): void {
    offset = offsetNow();
    anchor = { time: clock.now(), monotonic: clock.monotonic() };
    onAnchor(anchor);
    const wrongBy = offset - offsetAtStart;
    if (hasLooked || Math.abs(wrongBy) >= leastStep) onSynchronised(state.by, wrongBy);
  }

  function noticeStep(): void {
    const moved = offsetNow() - offset;
    offset += moved;
    if (anchor && Math.abs(moved) >= leastStep) onStep(moved);
  }

  return {
    start: look,
    stop() {
      stopped = true;
      cancel();
    },
    state: () => state,
    moved: () => offsetNow() - offsetAtStart,
    anchor: () => anchor,
  };
}

/** The wall time of a moment of the same run, as the anchor tells it. */
export function timeBy(anchor: Moment, monotonic: number): number {
  return anchor.time + monotonic - anchor.monotonic;
}
