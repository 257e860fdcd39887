import { describe, expect, it } from 'vitest';
import { everywhere } from '../../../config/catalogue/languages.js';
import { defineIndex } from '../../../runtime/indices/definition.js';
import { evaluate, gradeOf } from '../../../runtime/indices/evaluate.js';

const sum = defineIndex({
  id: 'sum',
  title: everywhere('Sum'),
  unit: 'ug/m3',
  inputs: {
    dust: {
      kind: 'number',
      unit: 'ug/m3',
      precision: { by: 'truncation', digits: 1 },
      range: [0, 100],
      about: 'Dust',
    },
    month: { kind: 'number', unit: undefined, range: [1, 12], optional: true, about: 'Month' },
    values: { kind: 'hours', unit: 'ug/m3', range: [0, 50], hours: 3, about: 'Means' },
    of: { kind: 'choice', of: ['all', 'dust'], about: 'What is added' },
  },
  grades: [
    { id: 'little', from: 10 },
    { id: 'much', from: 50 },
  ],
  range: [0, 120],
  standard: 'None',
  source: 'https://example.org',
  compute: ({ dust, month = 0, values, of }) => ({
    value: of === 'dust' ? dust : dust + month + values.reduce<number>((all, mean) => all + (mean ?? 0), 0),
  }),
});

const whole = { dust: 1, values: [1, undefined, 2], of: 'all' };

describe('an index', () => {
  it('is computed from inputs that are there and within their ranges', () => {
    expect(evaluate(sum, { ...whole, month: 12 })).toEqual({ value: 16, grade: 'little' });
    expect(evaluate(sum, whole)).toEqual({ value: 4 });
  });

  it('takes a number as its standard shortens it, also at the end of its range', () => {
    expect(evaluate(sum, { ...whole, dust: 9.09, of: 'dust' })).toEqual({ value: 9 });
    expect(evaluate(sum, { ...whole, dust: 100.09, of: 'dust' })).toEqual({ value: 100, grade: 'much' });
    expect(evaluate(sum, { ...whole, dust: 100.1, of: 'dust' })).toHaveProperty('absent');
    expect(evaluate(sum, { ...whole, dust: -0.01, of: 'dust' })).toHaveProperty('absent');
  });

  it('looks back as many hours as it says, and not at what is older', () => {
    expect(evaluate(sum, { ...whole, values: [1, 1, 1, 49, Number.NaN] })).toEqual({ value: 4 });
  });

  it.each([
    ['a missing number', { dust: undefined }, 'input-missing', 'There is no dust; expected 0 to 100 µg/m³.'],
    ['null', { dust: null }, 'input-missing', 'There is no dust; expected 0 to 100 µg/m³.'],
    ['no number', { dust: '7' }, 'input-out-of-range', 'dust is "7"; expected 0 to 100 µg/m³.'],
    ['NaN', { dust: Number.NaN }, 'input-out-of-range', 'dust is NaN; expected 0 to 100 µg/m³.'],
    ['infinity', { dust: Number.POSITIVE_INFINITY }, 'input-out-of-range', 'dust is Infinity; expected 0 to'],
    ['a list', { dust: [1] }, 'input-out-of-range', 'dust is a object; expected 0 to 100 µg/m³.'],
    ['a wrong month', { month: 13 }, 'input-out-of-range', 'month is 13; expected 1 to 12.'],
    [
      'no hours',
      { values: undefined },
      'input-missing',
      'There are no values; expected hourly means, the newest',
    ],
    ['hours that are no list', { values: 3 }, 'input-out-of-range', 'values is no list of hourly means'],
    ['a bad hour', { values: [1, -1] }, 'input-out-of-range', 'values, 1 h ago, is -1; expected 0 to 50'],
    ['a choice', { of: undefined }, 'input-missing', 'There is no of; expected one of all, dust.'],
    ['a wrong choice', { of: 'none' }, 'input-out-of-range', 'of is "none"; expected one of all, dust.'],
    ['an inherited name', { of: 'toString' }, 'input-out-of-range', 'of is "toString"; expected one of'],
  ])('is absent, with the reason, for %s', (_, given, code, reason) => {
    const result = evaluate(sum, { ...whole, ...given });
    expect(result).toMatchObject({ absent: { code, input: Object.keys(given)[0] } });
    expect('absent' in result && result.absent.reason).toContain(reason);
  });

  it('never has a value outside its own range', () => {
    expect(evaluate(sum, { dust: 100, values: [50], of: 'all' })).toEqual({
      absent: { code: 'not-applicable', reason: 'The result, 150, lies outside what the standard defines.' },
    });
  });
});

describe('a grade', () => {
  const grades = [{ id: 'low', from: 0 }, { id: 'high', from: 10 }, { id: 'told' }];

  it.each([
    [-1, undefined],
    [0, 'low'],
    [9.9, 'low'],
    [10, 'high'],
    [1e9, 'high'],
  ])('of %d is %s', (value, grade) => {
    expect(gradeOf(value, grades)).toBe(grade);
  });
});
