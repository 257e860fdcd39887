import { type Cancel, type Clock, every } from './clock.js';

/** Of the machine: what is plugged in. */
export interface Displays {
  /** How many panels are connected; undefined where nobody can tell. */
  connected(): Promise<number | undefined>;
}

export interface DisplayWatchParts {
  displays: Displays;
  clock: Clock;
  onLost(): void;
  onBack(): void;
}

/** Between two looks, in ms. */
const pause = 5_000;

/** Notices that the last panel is unplugged, and that one is there again. */
export function watchDisplays({ displays, clock, onLost, onBack }: DisplayWatchParts): Cancel {
  let isThere = true;
  return every(clock, pause, async () => {
    const connected = await displays.connected();
    if (connected === undefined || connected > 0 === isThere) return;
    isThere = connected > 0;
    if (isThere) onBack();
    else onLost();
  });
}
