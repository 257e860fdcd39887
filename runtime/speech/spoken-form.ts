import type { Language } from '../../config/catalogue/languages.js';
import { type SpokenWords, spokenUnits, spokenWords } from './spoken-words.js';

/** A text as it is written, the way it is to be read out: times, units, signs and letters in words. */
export function spokenForm(text: string, language: Language): string {
  const words = spokenWords[language];
  return steps.reduce((said, step) => step(said, words), text.normalize('NFC')).trim();
}

type Step = (text: string, words: SpokenWords) => string;

const symbols = spokenUnits.map((unit) => unit.replace('/', '\\/')).join('|');
const numberWithUnit = new RegExp(`(\\d[\\d.,]*)\\s?(${symbols})(?![\\p{L}\\d])`, 'gu');

const steps: readonly Step[] = [
  (text, { to }) => text.replace(/(?<=\d)\s?[–～~]\s?(?=\d)/g, to),
  // Signs that a voice takes for commands, or spells.
  (text) => text.replace(/[[\]{}<>|\\^`~*_#…]+/g, ' '),
  (text) => text.replace(/\s*[·•]\s*/g, ', '),
  (text, { time }) =>
    time
      ? text.replace(/(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])/g, (_, hours, minutes) =>
          time(Number(hours), Number(minutes)),
        )
      : text,
  (text, { units }) =>
    text.replace(numberWithUnit, (_, number: string, unit: (typeof spokenUnits)[number]) =>
      units[unit].includes('#') ? units[unit].replace('#', number) : `${number} ${units[unit]}`,
    ),
  (text, { minus }) => text.replace(/(?<![\p{L}\d])[−-](?=\d)/gu, `${minus} `),
  (text, { point }) => (point ? text.replace(/(?<=\d)\.(?=\d)/g, point) : text),
  (text, { letters }) =>
    letters
      ? text.replace(/(?<!\p{Script=Latin})[A-Z]{1,4}(?!\p{Script=Latin})/gu, (name) =>
          [...name].map((letter) => letters[letter] ?? letter).join(''),
        )
      : text,
  (text, { digits }) => (digits ? text.replace(/\d/g, (digit) => digits[Number(digit)] ?? digit) : text),
  (text) => text.replace(/\s+/g, ' '),
];
