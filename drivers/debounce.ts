import type { Cancel, Clock, Level } from './ports.js';

/** Tells what a contact does from how it chatters on the way. */
export interface Debouncer {
  /** The level that last held long enough. */
  level(): Level;
  /** Takes note of an edge that left the line at `level`. */
  see(level: Level): void;
  /** Forgets an edge that has not held yet. */
  stop(): void;
}

/**
 * A level counts once it has held for `hold` ms without an edge. An edge that leaves the line where it was still
 * starts the wait anew: the line was elsewhere in between, too briefly to be seen.
 *
 * @param hold in ms; with 0 each change counts at once
 * @param level where the line stands now
 * @param onChange called with each new level that counts
 */
export function debouncer({
  clock,
  hold,
  level,
  onChange,
}: {
  clock: Clock;
  hold: number;
  level: Level;
  onChange: (level: Level) => void;
}): Debouncer {
  let counted = level;
  let cancelWait: Cancel = () => {};

  function count(next: Level): void {
    counted = next;
    onChange(next);
  }

  return {
    level: () => counted,
    see(next) {
      cancelWait();
      if (next === counted) return;
      if (hold === 0) count(next);
      else cancelWait = clock.after(hold, () => count(next));
    },
    stop: () => cancelWait(),
  };
}
