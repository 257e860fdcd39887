import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Language, languages } from '../../../config/catalogue/languages.js';
import {
  formatAgo,
  formatDate,
  formatTime,
  formatValue,
  formFor,
  minuteOfDay,
  minutesIn,
} from '../../../kiosk/ui/i18n/format.js';

const tags = Object.keys(languages) as Language[];

/** Vietnamese writes a point between thousands, and a comma before the rest. */
function readNumber(text: string, language: Language): number {
  const [thousands, point] = language === 'vi' ? ['.', ','] : [',', '.'];
  return Number(text.replaceAll(thousands, '').replace(point, '.').replace('−', '-'));
}

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
          for (const language of tags) {
            const read = readNumber(formatValue(value, digits, language), language);
            expect(Math.abs(read - value)).toBeLessThanOrEqual(0.5 * 10 ** -digits + 1e-9);
          }
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

describe.each(tags)('In the language %s', (language) => {
  const instants = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });

  it('everything is written in the digits that stand on the buses', () => {
    fc.assert(
      fc.property(
        instants,
        fc.integer({ min: 0, max: 1e7 }),
        fc.integer({ min: 0, max: 89 }),
        (date, age, minutes) => {
          const written = [
            formatTime(date.getTime(), 'Asia/Kathmandu', language),
            formatDate(date.getTime(), 'Asia/Kathmandu', language),
            formatAgo(age, language, '-'),
            formatValue(age, 1, language),
            ...minutesIn(minutes, language).map(({ text }) => text),
          ];
          expect(written.join()).not.toMatch(/(?![0-9])\p{Nd}/u);
        },
      ),
    );
  });

  it('a time of day has four digits, and is the minute of the day', () => {
    fc.assert(
      fc.property(instants, (date) => {
        const text = formatTime(date.getTime(), 'Europe/Berlin', language) ?? '';
        expect(text).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/);
        const [hour, minute] = text.split(':').map(Number);
        expect(minuteOfDay(date.getTime(), 'Europe/Berlin')).toBe(Number(hour) * 60 + Number(minute));
      }),
    );
  });

  it('an age never grows younger, and is now before a second has passed', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.99, noNaN: true }), (seconds) => {
        expect(formatAgo(seconds, language, 'now!')).toBe('now!');
      }),
    );
    for (const [seconds, number] of [
      [59, 59],
      [60, 1],
      [3_599, 59],
      [7_200, 2],
    ] as const)
      expect(formatAgo(seconds, language, '')).toMatch(new RegExp(`(?<!\\d)${number}(?!\\d)`));
  });

  it('every count has its words', () => {
    fc.assert(
      fc.property(fc.nat(), (count) => {
        expect(['one', 'other']).toContain(formFor(count, { one: 'one', other: 'other' }, language));
      }),
    );
  });
});

describe('Nepali, which Chromium does not know', () => {
  it('has its own words for dates, ages and minutes', () => {
    expect(formatDate(Date.parse('2026-01-15T14:59:30Z'), 'Asia/Kathmandu', 'ne')).toBe('बिहीबार, जनवरी 15');
    expect(formatDate(Date.parse('2026-08-01T18:30:00Z'), 'Asia/Kathmandu', 'ne')).toBe('आइतबार, अगस्ट 2');
    expect(formatDate(0, 'Mars/Olympus', 'ne')).toBeUndefined();
    expect(formatAgo(125, 'ne', '')).toBe('2 मिनेट अघि');
    expect(minutesIn(3, 'ne').map(({ text }) => text)).toEqual(['3', 'मिनेट']);
  });
});

it('One is told from many where the language does so', () => {
  const forms = { one: 'one', other: 'other' };
  expect(tags.filter((language) => formFor(1, forms, language) === 'one')).toEqual(['en', 'ne', 'sw']);
});
