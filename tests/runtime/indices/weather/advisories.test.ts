import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coldAdvisory } from '../../../../runtime/indices/weather/cold-advisory.js';
import { heatAdvisory } from '../../../../runtime/indices/weather/heat-advisory.js';

const january = 1;
const rank = { none: 0, advisory: 1, warning: 2 };

describe('heat advisory by the rule of the KMA: 33 °C, or 35 °C for a warning, on two days', () => {
  it.each([
    [32.9, 40, 'none'],
    [40, 32.9, 'none'],
    [33, 33, 'advisory'],
    [33, 40, 'advisory'],
    [34.9, 34.9, 'advisory'],
    [35, 34.9, 'advisory'],
    [35, 35, 'warning'],
    [38, 39, 'warning'],
  ] as const)('%d °C and then %d °C: %s', (first, second, level) => {
    expect(heatAdvisory([first, second])).toEqual({ level });
  });

  it('is never lower where a day is hotter', () => {
    const days = fc.double({ min: 20, max: 45, noNaN: true });
    fc.assert(
      fc.property(days, days, (first, second) => {
        expect(levelOf(heatAdvisory([first, second + 1]))).toBeGreaterThanOrEqual(
          levelOf(heatAdvisory([first, second])),
        );
      }),
    );
  });

  it('is absent where a day is missing', () => {
    expect(heatAdvisory([36, undefined])).toMatchObject({ absent: { code: 'input-missing' } });
    expect(heatAdvisory([undefined, 36])).toMatchObject({ absent: { code: 'input-missing' } });
  });
});

describe('cold advisory by the rule of the KMA: -12 °C, or -15 °C for a warning, on two mornings', () => {
  it.each([
    [-11.9, -20, 'none'],
    [-20, -11.9, 'none'],
    [-12, -12, 'advisory'],
    [-14.9, -14.9, 'advisory'],
    [-15, -14.9, 'advisory'],
    [-15, -15, 'warning'],
    [-18, -20, 'warning'],
  ] as const)('%d °C and then %d °C: %s', (first, second, level) => {
    expect(coldAdvisory({ minima: [first, second], month: january })).toEqual({ level });
  });

  it.each([
    [13, 3, 6, 'advisory', 'a fall by 10 °C to 3 °C, 3 °C under normal'],
    [12.9, 3, 6, 'none', 'a fall by less'],
    [13.1, 3.1, 9, 'none', 'a fall to more than 3 °C'],
    [13, 3, 5.9, 'none', 'a fall to less than 3 °C under normal'],
    [12.3, 2.3, 5.3, 'advisory', 'the same in tenths'],
    [17.9, 3, 6, 'advisory', 'a fall by nearly 15 °C'],
    [18, 3, 6, 'warning', 'a fall by 15 °C'],
  ] as const)('%d °C and then %d °C where %d °C is normal: %s, %s', (first, second, normal, level, _what) => {
    expect(coldAdvisory({ minima: [first, second], normal, month: 11 })).toEqual({ level });
  });

  it('does not judge a sudden fall without the normal value', () => {
    expect(coldAdvisory({ minima: [18, 3], month: 11 })).toEqual({ level: 'none' });
  });

  it('is never lower where the cold that lasts is harder', () => {
    const mornings = fc.double({ min: -25, max: 5, noNaN: true });
    fc.assert(
      fc.property(mornings, mornings, (first, second) => {
        const harder = coldAdvisory({ minima: [first - 1, second - 1], month: january });
        expect(levelOf(harder)).toBeGreaterThanOrEqual(
          levelOf(coldAdvisory({ minima: [first, second], month: january })),
        );
      }),
    );
  });

  it('is issued from October to April, and absent in the other months', () => {
    for (const month of [10, 11, 12, 1, 2, 3, 4])
      expect(coldAdvisory({ minima: [-15, -15], month })).toEqual({ level: 'warning' });
    for (const month of [5, 6, 7, 8, 9])
      expect(coldAdvisory({ minima: [-15, -15], month })).toMatchObject({
        absent: { code: 'not-applicable' },
      });
  });

  it('is absent where a morning is missing', () => {
    expect(coldAdvisory({ minima: [undefined, -16], month: january })).toMatchObject({
      absent: { code: 'input-missing' },
    });
  });
});

function levelOf(result: ReturnType<typeof heatAdvisory>): number {
  if ('absent' in result) throw new Error(result.absent.reason);
  return rank[result.level];
}
