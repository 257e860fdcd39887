import { assert, constantFrom, property, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allRows, coverPairs, pairsOf } from './covering.js';
import { languageIds, modes, panels } from './dimensions.js';
import { screens, situations } from './situations.js';
import { allStates, nameOf, type State, selectedStates } from './states.js';

const values = () => uniqueArray(constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 });

describe('The rows that cover pairs', () => {
  it('hold every pair that there can be, and no row that cannot be', () => {
    assert(
      property(values(), values(), values(), (one, two, three) => {
        const dimensions = { one, two, three };
        const canBe = (row: { one: string; two: string }) => row.one !== 'a' || row.two !== 'b';
        const possible = new Set(allRows(dimensions).filter(canBe).flatMap(pairsOf));
        const rows = coverPairs(dimensions, canBe);
        expect(new Set(rows.flatMap(pairsOf))).toEqual(possible);
        expect(rows.every(canBe)).toBe(true);
      }),
    );
  });

  it('are few', () => {
    const ten = [...'0123456789'];
    expect(coverPairs({ a: ten, b: ten, c: ten, d: ten }, () => true).length).toBeLessThan(160);
  });
});

describe('The states of the page', () => {
  const all = allStates();
  const selected = selectedStates();

  it('have each a name of its own', () => {
    expect(new Set(all.map(nameOf)).size).toBe(all.length);
  });

  it.each([
    { states: all, which: 'all' },
    { states: selected, which: 'the selected ones' },
  ])('leave out no situation, language, mode or panel, $which', ({ states }) => {
    const found = (key: keyof State) => new Set(states.map((state) => state[key]));
    expect(found('situation')).toEqual(new Set(Object.keys(situations)));
    expect(found('language')).toEqual(new Set(languageIds));
    expect(found('mode')).toEqual(new Set(Object.keys(modes)));
    expect(found('panel')).toEqual(new Set(Object.keys(panels)));
  });

  it('are all of some screen', () => {
    expect(Object.values(screens).flat().sort()).toEqual(Object.keys(situations).sort());
  });
});
