import type { Language } from '../../../config/catalogue/languages.js';

const minus = '\u2212';

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
  return ages(language).format(-Math.floor(whole / size), unit);
}

const ageUnits = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Hour and minute in a time zone, 00:00 to 23:59; undefined for a zone that this browser does not know. */
export function formatTime(time: number, timeZone: string, language: Language): string | undefined {
  return times(language, timeZone)?.format(time);
}

/** Day of the week, day and month in a time zone. */
export function formatDate(time: number, timeZone: string, language: Language): string | undefined {
  return dates(language, timeZone)?.format(time);
}

const numbers = memoized(
  (language, digits: number) =>
    new Intl.NumberFormat(language, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      signDisplay: 'negative',
      useGrouping: 'min2',
    }),
);

const ages = memoized((language) => new Intl.RelativeTimeFormat(language, { style: 'narrow' }));

const times = memoized((language, timeZone: string) =>
  inZone(language, timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
);

const dates = memoized((language, timeZone: string) =>
  inZone(language, timeZone, { weekday: 'long', day: 'numeric', month: 'long' }),
);

function inZone(
  language: Language,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat(language, { ...options, timeZone });
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
