import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundHalfUp, shorten, truncate } from '../../../runtime/indices/rounding.js';

const tenths = fc.integer({ min: 0, max: 10_000_000 }).map((n) => n / 10);

describe('rounding half up', () => {
  it.each([
    [30.5, 0, 31],
    [30.4999, 0, 30],
    [0.5, 0, 1],
    [-0.5, 0, 0],
    [-1.5, 0, -1],
    [2.675, 2, 2.68],
    [1.005, 2, 1.01],
    [0.0305, 3, 0.031],
    [0.1 + 0.2, 1, 0.3],
  ])('makes %d, to %d digits, %d', (value, digits, rounded) => {
    expect(roundHalfUp(value, digits) + 0).toBe(rounded);
  });

  it('gives the number that a person would write', () => {
    fc.assert(
      fc.property(tenths, (value) => {
        expect(roundHalfUp(value, 1)).toBe(value);
        expect(Math.abs(roundHalfUp(value) - value)).toBeLessThanOrEqual(0.5);
      }),
    );
  });
});

describe('truncation', () => {
  it.each([
    [35.45, 1, 35.4],
    [35.499_999, 1, 35.4],
    [35.5, 1, 35.5],
    [9.1, 1, 9.1],
    [4.35, 2, 4.35],
    [1.1 * 3, 1, 3.3],
    [0.1 * 3, 1, 0.3],
    [54.99, 0, 54],
    [-0.19, 1, -0.1],
  ])('makes %d, to %d digits, %d', (value, digits, cut) => {
    expect(truncate(value, digits)).toBe(cut);
  });

  it('leaves a decimal that is as long as allowed as it is, however it was computed', () => {
    fc.assert(
      fc.property(tenths, fc.integer({ min: 1, max: 24 }), (value, hours) => {
        const mean =
          Array<number>(hours)
            .fill(value)
            .reduce((sum, each) => sum + each, 0) / hours;
        expect(truncate(mean, 1)).toBe(value);
      }),
    );
  });
});

it('shortens as the standard has it', () => {
  expect(shorten(9.07, { by: 'truncation', digits: 1 })).toBe(9);
  expect(shorten(9.07, { by: 'rounding', digits: 1 })).toBe(9.1);
});
