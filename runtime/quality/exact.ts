/**
 * Decimals such as 20.4 are no binary fractions: 20.4 − 20.3 comes out as less than 0.1. Differences of a few last bits
 * therefore count as none.
 */
const lastBits = 8 * Number.EPSILON;

/** Whether a and b are further apart than a limit. */
export function furtherApart(a: number, b: number, limit: number): boolean {
  return Math.abs(a - b) - limit > lastBits * Math.max(Math.abs(a), Math.abs(b));
}

/** Whether a and b are less than a limit apart. */
export function lessApart(a: number, b: number, limit: number): boolean {
  return limit - Math.abs(a - b) > lastBits * Math.max(Math.abs(a), Math.abs(b));
}
