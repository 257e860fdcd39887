import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Range } from '../../../config/catalogue/properties.js';
import type { Input } from '../../../runtime/indices/definition.js';
import { evaluate } from '../../../runtime/indices/evaluate.js';
import { indices } from '../../../runtime/indices/index.js';

const anything = fc.oneof(
  fc.double(),
  fc.integer({ min: -100, max: 1_000 }),
  fc.constantFrom(undefined, null, '', 'pm10', Number.NaN, -0, true, {}, [], 10n, Symbol('x')),
  fc.array(fc.oneof(fc.double(), fc.constantFrom(undefined, null, 'x')), { maxLength: 30 }),
  fc.anything(),
);

/** What mostly is a right input, and now and then anything. */
function arbitraryOf(input: Input): fc.Arbitrary<unknown> {
  const number = ([min, max]: Range) =>
    fc.oneof(fc.double({ min, max, noNaN: true }), fc.integer({ min: Math.ceil(min), max: Math.floor(max) }));
  switch (input.kind) {
    case 'number':
      return fc.oneof({ weight: 9, arbitrary: number(input.range) }, anything);
    case 'hours': {
      const mean = fc.option(number(input.range), { nil: undefined });
      const hours = fc.array(mean, { maxLength: input.hours + 2 });
      return fc.oneof({ weight: 9, arbitrary: hours }, anything);
    }
    case 'choice':
      return fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...input.of) }, anything);
  }
}

describe.each(indices.map((definition) => ({ id: definition.id, definition })))('$id', ({ definition }) => {
  const { id, title, inputs, grades = [], range, standard, source } = definition;

  it('is named and cites its standard', () => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(title.en).not.toBe('');
    expect(title.ko).not.toBe('');
    expect(standard).not.toBe('');
    expect(source).toMatch(/^https?:\/\/\S+$/);
  });

  it('has inputs that name themselves and have a range', () => {
    for (const [name, input] of Object.entries(inputs)) {
      expect(name).toMatch(/^[a-z0-9]+(_[a-z0-9]+)*$/);
      expect(input.about).not.toBe('');
      if (input.kind !== 'choice') expect(input.range[0]).toBeLessThan(input.range[1]);
    }
  });

  it('has grades of their own names, rising', () => {
    expect(new Set(grades.map((grade) => grade.id)).size).toBe(grades.length);
    const bounds = grades.flatMap(({ from }) => (from === undefined ? [] : [from]));
    expect(bounds).toEqual(bounds.toSorted((a, b) => a - b));
  });

  it('has the grade of a band up to its greatest value', () => {
    const numbers = Object.entries(inputs).flatMap(([name, input]) =>
      input.kind === 'number' ? [[name, input] as const] : [],
    );
    const least = numbers.flatMap(([name, { range, optional }]) => (optional ? [] : [[name, range[0]]]));
    for (const [name, { bands = {}, precision }] of numbers) {
      const step = 10 ** -(precision?.digits ?? 0);
      for (const [grade, greatest] of Object.entries(bands)) {
        const gradeOf = (value: number) =>
          evaluate(definition, { ...Object.fromEntries(least), [name]: value });
        expect(gradeOf(greatest), `${name} ${greatest}`).toMatchObject({ grade });
        expect(gradeOf(greatest + step), `${name} above ${greatest}`).not.toMatchObject({ grade });
      }
    }
  });

  it('is a number within its range and in one of its grades, or says why it is absent, whatever it is given', () => {
    const given = fc.record(
      Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, arbitraryOf(input)])),
      { requiredKeys: [] },
    );
    const ids = grades.map((grade) => grade.id);
    let values = 0;
    fc.assert(
      fc.property(given, (values_) => {
        const result = evaluate(definition, values_);
        if ('absent' in result) {
          expect(result.absent.reason).toMatch(/^\S.*\.$/s);
          return;
        }
        values++;
        expect(Number.isFinite(result.value)).toBe(true);
        expect(result.value).toBeGreaterThanOrEqual(range?.[0] ?? Number.NEGATIVE_INFINITY);
        expect(result.value).toBeLessThanOrEqual(range?.[1] ?? Number.POSITIVE_INFINITY);
        if (result.grade !== undefined) expect(ids).toContain(result.grade);
      }),
      { numRuns: 300 },
    );
    expect(values).toBeGreaterThan(0);
  });
});

it('has no two indices of one name', () => {
  expect(new Set(indices.map(({ id }) => id)).size).toBe(indices.length);
});
