import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plain, sumOf, toDecimal } from '../../../runtime/store/decimal.js';

const tenths = fc.integer({ min: -1e6, max: 1e6 }).map((digits) => digits / 10);
const hundredths = fc.integer({ min: -1e6, max: 1e6 }).map((digits) => digits / 100);

it('a decimal is the very number it was made of, in as few places as it needs', () => {
  fc.assert(
    fc.property(hundredths, (number) => {
      const decimal = toDecimal(number);
      expect(decimal && plain(decimal)).toBe(number + 0);
      expect(decimal?.places).toBe((String(number).split('.')[1] ?? '').length);
    }),
  );
});

it('sums of decimals are exact, in whatever order they are added', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(tenths, hundredths), { maxLength: 200 }), (numbers) => {
      const exact = numbers.reduce((sum, number) => sum + Math.round(number * 100), 0) / 100;
      expect(numbers.reduce(sumOf, 0)).toBe(exact + 0);
      expect([...numbers].sort().reduce(sumOf, 0)).toBe(exact + 0);
    }),
  );
});

it('what is no short decimal is added as any program does', () => {
  expect(sumOf(Math.PI, 1)).toBe(Math.PI + 1);
  expect(sumOf(1e300, 1)).toBe(1e300);
  expect(toDecimal(Number.NaN)).toBeUndefined();
});
