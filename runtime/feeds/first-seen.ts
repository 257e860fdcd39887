/**
 * Upstreams that say "in 300 s" and not since when: the same words again are the same calculation again, so the time
 * counts from when they were first heard.
 */
export interface FirstSeen {
  /** When each of these was first heard, in their order. What is not among them is forgotten. */
  times(said: readonly string[], now: number): number[];
}

export function firstSeen(): FirstSeen {
  let seen = new Map<string, number>();
  return {
    times(said, now) {
      const times = said.map((words) => seen.get(words) ?? now);
      seen = new Map(said.map((words, index) => [words, times[index] ?? now]));
      return times;
    },
  };
}
