/** An acknowledgement that takes longer, in ms, tells of a line whose queue fresh readings would have to wait in. */
const brisk = 1_000;

/** How many messages of a backlog may be under way: one more with each brisk acknowledgement, half with a slow one. */
export interface Breadth {
  now(): number;
  /** @param took from leaving to the acknowledgement, in ms */
  acknowledged(took: number): void;
}

export function createBreadth(most: number): Breadth {
  let breadth = 1;
  return {
    now: () => breadth,
    acknowledged(took) {
      breadth = took > brisk ? Math.max(1, Math.floor(breadth / 2)) : Math.min(most, breadth + 1);
    },
  };
}
