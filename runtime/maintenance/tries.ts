import { z } from 'zod';
import type { Clock } from '../../drivers/ports.js';
import type { Kept } from '../kept.js';

/** Wrong PINs one after the other, over restarts. */
export const keptTriesSchema = z.object({ failures: z.int().min(0).max(1_000_000) });

export type KeptTries = z.output<typeof keptTriesSchema>;

/** Counts wrong PINs, and closes the door for longer and longer. */
export interface Tries {
  /** How long, in ms, no PIN is looked at; 0 where one may be tried. */
  closedFor(): number;
  /** To be called, and awaited, before a PIN is looked at: pulling the plug then undoes nothing. */
  begin(): Promise<void>;
  /** The PIN was right. */
  succeed(): Promise<void>;
  failures(): number;
}

const limits = {
  /** So many may be wrong without a wait. */
  free: 5,
  /** The first wait, in ms; each further failure doubles it. */
  first: 60_000,
  /** The longest: a vandal must not lock a technician out for the day. */
  longest: 3_600_000,
};

/** @param failures one after the other @returns ms */
export function waitAfter(failures: number): number {
  const beyond = failures - limits.free;
  return beyond < 0 ? 0 : Math.min(limits.longest, limits.first * 2 ** Math.min(beyond, 20));
}

/** After a restart a wait begins anew, as nobody knows how long the power was off. */
export function countTries(kept: Kept<KeptTries>, clock: Pick<Clock, 'monotonic'>): Tries {
  let lastTry = clock.monotonic();
  const failures = () => kept.value().failures;
  return {
    closedFor: () => Math.max(0, lastTry + waitAfter(failures()) - clock.monotonic()),
    begin() {
      lastTry = clock.monotonic();
      return kept.put({ failures: Math.min(failures() + 1, 1_000_000) });
    },
    succeed: () => kept.put({ failures: 0 }),
    failures,
  };
}
