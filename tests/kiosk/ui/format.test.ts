import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAgo, formatDate, formatTime, formatValue } from '../../../kiosk/ui/i18n/format.js';

describe('A value', () => {
  it.each([
    [0, 0, '0'],
    [0, 1, '0.0'],
    [-0.04, 1, '0.0'],
    [-11.34, 1, '−11.3'],
    [1013.25, 1, '1013.3'],
    [18_720, 0, '18,720'],
    [12.5, 0, '13'],
  ])('of %d with %d digits reads %s', (value, digits, text) => {
    expect(formatValue(value, digits, 'en')).toBe(text);
    expect(formatValue(value, digits, 'ko')).toBe(text);
  });

  it('reads as the number it is, to its last digit', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.integer({ min: 0, max: 3 }),
        (value, digits) => {
          const read = Number(formatValue(value, digits, 'ko').replaceAll(',', '').replace('−', '-'));
          expect(Math.abs(read - value)).toBeLessThanOrEqual(0.5 * 10 ** -digits + 1e-9);
        },
      ),
    );
  });
});

describe('An age', () => {
  it.each([
    [0.4, 'now', '방금'],
    [3.9, '3s ago', '3초 전'],
    [59.9, '59s ago', '59초 전'],
    [60, '1m', '1분 전'],
    [3_599, '59m', '59분 전'],
    [7_200, '2h ago', '2시간 전'],
    [86_400 * 3, '3d', '3일 전'],
  ])('of %d s reads %s and %s', (seconds, en, ko) => {
    expect(formatAgo(seconds, 'en', 'now')).toContain(en);
    expect(formatAgo(seconds, 'ko', '방금')).toBe(ko);
  });
});

describe('The time of day', () => {
  const beforeMidnight = Date.parse('2026-01-15T14:59:30Z');

  it('is that of the site, from 00:00 to 23:59', () => {
    expect(formatTime(beforeMidnight, 'Asia/Seoul', 'ko')).toBe('23:59');
    expect(formatTime(beforeMidnight + 60_000, 'Asia/Seoul', 'en')).toBe('00:00');
    expect(formatTime(beforeMidnight, 'Europe/Berlin', 'en')).toBe('15:59');
  });

  it('follows daylight saving', () => {
    const before = Date.parse('2026-03-29T00:59:00Z');
    expect(formatTime(before, 'Europe/Berlin', 'en')).toBe('01:59');
    expect(formatTime(before + 60_000, 'Europe/Berlin', 'en')).toBe('03:00');
  });

  it('has its date', () => {
    expect(formatDate(beforeMidnight, 'Asia/Seoul', 'ko')).toBe('1월 15일 목요일');
    expect(formatDate(beforeMidnight + 60_000, 'Asia/Seoul', 'en')).toBe('Friday, January 16');
  });

  it('is not shown for a zone that nobody knows', () => {
    expect(formatTime(beforeMidnight, 'Mars/Olympus', 'en')).toBeUndefined();
  });
});
