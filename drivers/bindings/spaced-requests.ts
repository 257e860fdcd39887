import type { Clock } from '../ports.js';

/** Requests that are made in order, and never closer together than they were asked for. */
export interface SpacedRequests {
  add(make: () => void): void;
  /** What has not been made is forgotten. */
  stop(): void;
}

/** @param pause between the first and the second, in ms, on top */
export function spacedRequests(clock: Clock, pause: number): SpacedRequests {
  let waiting: { askedAt: number; make: () => void }[] = [];
  /** How much later than they are asked for requests are made, in ms; as late as the one before, at least. */
  let lateness = 0;
  let extra = pause;
  let cancel = () => {};

  function makeWhatIsDue(): void {
    const [next] = waiting;
    if (!next) return;
    const remaining = next.askedAt + lateness - clock.monotonic();
    if (remaining > 0) {
      cancel = clock.after(remaining, makeWhatIsDue);
      return;
    }
    waiting.shift();
    lateness = clock.monotonic() - next.askedAt + extra;
    extra = 0;
    next.make();
    makeWhatIsDue();
  }

  return {
    add(make) {
      waiting.push({ askedAt: clock.monotonic(), make });
      if (waiting.length === 1) makeWhatIsDue();
    },
    stop() {
      cancel();
      waiting = [];
    },
  };
}
