import type { Clock } from '../../drivers/ports.js';

/** What is known of the time when messages are judged by it. */
export interface TrustedTime {
  /** The wall time in ms where the system clock is synchronised; undefined where it may be anything. */
  known(): number | undefined;
  /**
   * A time in ms that has surely come. Without a synchronised clock it is the latest that an order which was believed
   * gave as its own, and what has passed since by the monotonic time.
   */
  atLeast(): number;
  /** An order that is believed was issued then. */
  hasCome(time: number): void;
}

export interface TrustedTimeParts {
  clock: Clock;
  isSynchronised: () => boolean;
  /** What `atLeast` gave in an earlier run, in ms. */
  floor: number;
}

export function trustedTime({ clock, isSynchronised, floor }: TrustedTimeParts): TrustedTime {
  let known = { time: floor, at: clock.monotonic() };
  const counted = () => known.time + clock.monotonic() - known.at;
  return {
    known: () => (isSynchronised() ? clock.now() : undefined),
    atLeast: () => (isSynchronised() ? clock.now() : counted()),
    hasCome(time) {
      if (time > counted()) known = { time, at: clock.monotonic() };
    },
  };
}
