import { describe, expect, it } from 'vitest';
import { quality } from '../../../config/catalogue/quality.js';
import { grossRange } from '../../../runtime/quality/gross-range.js';
import { rollUp } from '../../../runtime/quality/roll-up.js';

const spans = { fail: [0, 100], suspect: [2, 98] } as const;

describe('the gross range test', () => {
  it.each([
    [50, quality.pass],
    [2, quality.pass],
    [98, quality.pass],
    [1.9, quality.suspect],
    [98.1, quality.suspect],
    [0, quality.suspect],
    [100, quality.suspect],
    [-0.1, quality.fail],
    [100.1, quality.fail],
    [Number.POSITIVE_INFINITY, quality.fail],
    [Number.NaN, quality.fail],
  ])('flags %d as %d', (value, flag) => {
    expect(grossRange(value, spans)).toBe(flag);
  });
});

describe('the roll-up of several flags', () => {
  it('is the most telling of them, after QARTOD: missing, not evaluated, pass, suspect, fail', () => {
    const { missing, notEvaluated, pass, suspect, fail } = quality;
    expect(rollUp([pass, suspect, notEvaluated])).toBe(suspect);
    expect(rollUp([missing, notEvaluated])).toBe(notEvaluated);
    expect(rollUp([fail, pass, missing])).toBe(fail);
    expect(rollUp([pass])).toBe(pass);
    expect(rollUp([missing])).toBe(missing);
  });

  it('is "not evaluated" where there was no test', () => {
    expect(rollUp([])).toBe(quality.notEvaluated);
  });
});
