/**
 * How much of the particles a sensor sees, from a half to all, `ms` milliseconds after its fan started: the air in
 * its chamber has to be exchanged first.
 *
 * @param settled when it sees all, in ms
 */
export function seenShare(ms: number, settled: number): number {
  return Math.min(1, 0.5 + (0.5 * ms) / settled);
}
