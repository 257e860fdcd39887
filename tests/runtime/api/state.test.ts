import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Quality, quality } from '../../../config/catalogue/quality.js';
import { valueState } from '../../../runtime/api/state.js';

const value = { value: 21.5, quality: quality.pass, age: 10, staleAfter: 180 };
const flags: Quality[] = Object.values(quality);

describe('the state of a value', () => {
  it('is fresh up to and including the age from which it would be stale', () => {
    expect(valueState({ ...value, age: 0 })).toBe('fresh');
    expect(valueState({ ...value, age: 180 })).toBe('fresh');
    expect(valueState({ ...value, age: 180.001 })).toBe('stale');
  });

  it('takes zero for a value like any other', () => {
    expect(valueState({ ...value, value: 0 })).toBe('fresh');
  });

  it('stays fresh while it is only not evaluated', () => {
    expect(valueState({ ...value, quality: quality.notEvaluated })).toBe('fresh');
  });

  it('is doubtful once flagged suspect, however old it grows', () => {
    expect(valueState({ ...value, quality: quality.suspect })).toBe('doubtful');
    expect(valueState({ ...value, quality: quality.suspect, age: 1e9 })).toBe('doubtful');
  });

  it('is faulty once flagged fail, however old it grows', () => {
    expect(valueState({ ...value, quality: quality.fail })).toBe('faulty');
    expect(valueState({ ...value, quality: quality.fail, age: 1e9 })).toBe('faulty');
  });

  it('is missing where there never was a value, whatever the flag says', () => {
    for (const flag of flags) {
      expect(valueState({ ...value, value: null, age: null, quality: flag })).toBe('missing');
    }
  });

  it('is stale when its age is not a number, rather than fresh', () => {
    expect(valueState({ ...value, age: Number.NaN })).toBe('stale');
  });

  it('never turns fresh again by growing older', () => {
    const ages = fc.tuple(fc.nat(), fc.nat());
    fc.assert(
      fc.property(ages, fc.constantFrom(...flags), ([age, more], flag) => {
        const before = valueState({ ...value, quality: flag, age });
        const after = valueState({ ...value, quality: flag, age: age + more });
        expect(after === 'fresh' && before !== 'fresh').toBe(false);
      }),
    );
  });
});
