import type { Language } from '../../../config/catalogue/languages.js';
import { nepali } from './nepali.js';

const minus = '\u2212';

/**
 * Bus lines are written in the digits that stand on the bus, and the minutes stand beside them: one screen has one kind
 * of digits. So Nepali, which has digits of its own, has numbers and times as English writes them; in the voice they
 * are Nepal's. What else it needs Chromium does not know: that is in nepali.ts.
 */
const locales: Record<Language, string> = {
  ko: 'ko',
  en: 'en',
  ja: 'ja',
  zh: 'zh-Hans',
  vi: 'vi',
  ne: 'en',
  sw: 'sw',
};

/** A number with as many digits as are worth showing; what rounds to zero is 0, never −0. */
export function formatValue(value: number, digits: number, language: Language): string {
  return numbers(language, digits)
    .formatToParts(value)
    .map((part) => (part.type === 'minusSign' ? minus : part.value))
    .join('');
}

/** How long ago, in the largest unit of which at least one has passed: `3s ago`, `2분 전`. */
export function formatAgo(seconds: number, language: Language, justNow: string): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 1) return justNow;
  const [unit, size] = ageUnits.find(([, least]) => whole >= least) ?? ['second', 1];
  return ago(Math.floor(whole / size), unit, language);
}

/** How long ago in seconds, however many: where each of them counts. */
export function formatSecondsAgo(seconds: number, language: Language): string {
  return ago(Math.max(0, Math.floor(seconds)), 'second', language);
}

function ago(count: number, unit: (typeof ageUnits)[number][0], language: Language): string {
  return language === 'ne' ? nepali.ago(count, unit) : ages(language).format(-count, unit);
}

const ageUnits = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** So many minutes as a number and its unit, in the order of the language. */
export function minutesIn(minutes: number, language: Language): { isNumber: boolean; text: string }[] {
  if (language === 'ne') return nepali.minutes(minutes);
  return minuteCounts(language)
    .formatToParts(minutes)
    .map(({ type, value }) => ({ isNumber: type === 'integer', text: value.trim() }))
    .filter(({ text }) => text !== '');
}

/** Hour and minute in a time zone, 00:00 to 23:59; undefined for a zone that this browser does not know. */
export function formatTime(time: number, timeZone: string, language: Language): string | undefined {
  return times(language, timeZone)?.format(time);
}

/** Minutes since midnight in a time zone; undefined for a zone that this browser does not know. */
export function minuteOfDay(time: number, timeZone: string): number | undefined {
  const parts = times('en', timeZone)?.formatToParts(time);
  const number = (wanted: 'hour' | 'minute') => Number(parts?.find(({ type }) => type === wanted)?.value);
  return parts && number('hour') * 60 + number('minute');
}

/** The hour of the day in a time zone where one begins at that time; undefined at any other. */
export function hourIn(time: number, timeZone: string): number | undefined {
  const [hour, minute] = times('en', timeZone)?.format(time).split(':').map(Number) ?? [];
  return minute === 0 ? hour : undefined;
}

/** Day of the week, day and month in a time zone. */
export function formatDate(time: number, timeZone: string, language: Language): string | undefined {
  const format = dates(language, timeZone);
  return language === 'ne' ? nepaliDate(format?.formatToParts(time)) : format?.format(time);
}

function nepaliDate(parts: Intl.DateTimeFormatPart[] | undefined): string | undefined {
  const part = (wanted: Intl.DateTimeFormatPartTypes) => parts?.find(({ type }) => type === wanted)?.value;
  const weekday = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(part('weekday') ?? '');
  return parts && nepali.date(weekday, Number(part('month')), Number(part('day')));
}

/** Words for a count, by the plural categories of the language; what has none of its own is `other`. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** The words that go with a count, as 1 stop and 2 stops. */
export function formFor(count: number, forms: Forms, language: Language): string {
  return forms[plurals(language).select(count)] ?? forms.other;
}

const plurals = memoized((language) => new Intl.PluralRules(locales[language]));

const numbers = memoized(
  (language, digits: number) =>
    new Intl.NumberFormat(locales[language], {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      signDisplay: 'negative',
      useGrouping: 'min2',
    }),
);

const minuteCounts = memoized(
  (language) =>
    new Intl.NumberFormat(locales[language], { style: 'unit', unit: 'minute', unitDisplay: 'short' }),
);

const ages = memoized((language) => new Intl.RelativeTimeFormat(locales[language], { style: 'narrow' }));

const times = memoized((language, timeZone: string) =>
  inZone(language, timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
);

const dates = memoized((language, timeZone: string) =>
  inZone(
    language,
    timeZone,
    language === 'ne'
      ? { weekday: 'short', day: 'numeric', month: 'numeric' }
      : { weekday: 'long', day: 'numeric', month: 'long' },
  ),
);

function inZone(
  language: Language,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat(locales[language], { ...options, timeZone });
  } catch {
    return undefined;
  }
}

/** Formatters are costly to make and there are few. */
function memoized<Rest extends readonly (string | number)[], Made>(
  make: (language: Language, ...rest: Rest) => Made,
): (language: Language, ...rest: Rest) => Made {
  const made = new Map<string, Made>();
  return (language, ...rest) => {
    const key = [language, ...rest].join(' ');
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(language, ...rest);
    made.set(key, fresh);
    return fresh;
  };
}
