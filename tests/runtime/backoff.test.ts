import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBackoff, fullJitter } from '../../runtime/backoff.js';

const growth = { base: 2_000, cap: 60_000 };
const almostOne = () => 1 - Number.EPSILON;

describe('the wait between tries', () => {
  it('has a limit that doubles with each try until the cap', () => {
    const backoff = createBackoff(growth, almostOne);
    const waits = Array.from({ length: 8 }, () => Math.round(backoff.next()));
    expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('starts again after a success', () => {
    const backoff = createBackoff(growth, almostOne);
    backoff.next();
    backoff.next();
    backoff.reset();
    expect(Math.round(backoff.next())).toBe(2_000);
  });

  it('lies between nothing and the cap after any number of tries', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (n, r) => {
        const wait = fullJitter(growth, n, () => r);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(growth.cap);
      }),
    );
  });

  it('spreads out those who failed together', () => {
    const waits = Array.from({ length: 1_000 }, (_, device) => fullJitter(growth, 9, () => device / 1_000));
    const busiest = Math.max(
      ...Array.from({ length: 60 }, (_, s) => waits.filter((wait) => Math.floor(wait / 1_000) === s).length),
    );
    expect(busiest).toBeLessThan(20);
  });
});
