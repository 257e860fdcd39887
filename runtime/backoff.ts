/** Waits between tries: each draw is longer than the one before on average, until a success resets it. */
export interface Backoff {
  /** Milliseconds to wait before the next try. */
  next(): number;
  /** A success: the next failure counts as the first again. */
  reset(): void;
}

/** How a wait grows, in ms: at most `base` before the first try, doubling with each, never over `cap`. */
export interface Growth {
  base: number;
  cap: number;
}

/** Uniform in [0, 1), such as Math.random. */
export type Random = () => number;

/**
 * The wait before a try: anything between nothing and the limit, alike likely (full jitter), so that a thousand
 * devices that lost the same broker come back spread out.
 *
 * @param attempt tries that failed before this one; 0 for the first
 */
export function fullJitter({ base, cap }: Growth, attempt: number, random: Random): number {
  return random() * Math.min(cap, base * 2 ** attempt);
}

export function createBackoff(growth: Growth, random: Random): Backoff {
  let attempt = 0;
  return {
    next: () => fullJitter(growth, attempt++, random),
    reset() {
      attempt = 0;
    },
  };
}
