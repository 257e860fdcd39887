import { describe, expect, it, vi } from 'vitest';
import { type Language, languages } from '../../../config/catalogue/languages.js';
import { properties } from '../../../config/catalogue/properties.js';
import { errorCodes } from '../../../config/errors.js';
import { languageOf, localizedIn, spoken } from '../../../kiosk/ui/i18n/languages.js';
import { inputStateName, type Messages, reasonFor } from '../../../kiosk/ui/i18n/messages.js';
import { loadMessages, wordsIn } from '../../../kiosk/ui/i18n/packs.js';
import { texts } from '../texts.js';

const tags = Object.keys(languages) as Language[];

const messages = Object.fromEntries(
  await Promise.all(tags.map(async (tag) => [tag, await loadMessages(tag)] as const)),
) as Record<Language, Messages>;

/** What each language is written in; Latin letters alone tell of nothing. */
const script: Partial<Record<Language, RegExp>> = {
  ko: /\p{Script=Hangul}/u,
  ja: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
  zh: /\p{Script=Han}/u,
  ne: /\p{Script=Devanagari}/u,
};

/** Written alike everywhere: names, signs and bare gaps. */
const isNeutral = (text: string) => !/\p{L}/u.test(text.replace(/Wi-Fi|QR|PIN|PM\d*|CAI|<\d>/g, ''));

describe.each(tags)('The language %s', (tag) => {
  const said = texts(messages[tag]);

  it('says something everywhere', () => {
    for (const [path, text] of said) expect(text.trim(), path).not.toBe('');
  });

  it('says the same things as the others', () => {
    expect(said.map(([path]) => path)).toEqual(texts(messages.en).map(([path]) => path));
  });

  it('is written in its own letters throughout', () => {
    const letters = script[tag] ?? /\p{Script=Latin}/u;
    for (const [path, text] of said) {
      if (!isNeutral(text)) expect(text, path).toMatch(letters);
    }
  });

  it('has no text of another language by mistake', () => {
    const others = Object.entries(script).filter(
      ([other]) => other !== tag && !(tag === 'ja' && other === 'zh'),
    );
    for (const [path, text] of said) {
      for (const [other, letters] of others) {
        if (other === 'ja' && tag === 'zh')
          expect(text, path).not.toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}]/u);
        else expect(text, path).not.toMatch(letters);
      }
    }
  });

  it('uses one kind of digits', () => {
    for (const [path, text] of said) expect(text, path).not.toMatch(/(?![0-9])\p{Nd}/u);
  });

  it('leaves out nothing that English has a gap for', () => {
    const marks = (text: string) => [...new Set(text.match(/<\d>/g))].sort();
    const english = new Map(texts(messages.en));
    for (const [path, text] of said) expect(marks(text), path).toEqual(marks(english.get(path) ?? ''));
  });

  it('says how long ago the last update was where its time is not known', () => {
    const text = messages[tag].notConnected.lastUpdate('<1>', undefined);
    expect(text).toContain('<1>');
    expect(text).not.toContain('undefined');
  });

  it('has a name of its own for every property of the catalogue', () => {
    for (const { name } of Object.values(properties)) expect(name[tag].trim()).not.toBe('');
    expect(new Set(Object.values(properties).map(({ name }) => name[tag])).size).toBe(
      Object.keys(properties).length,
    );
  });
});

describe('The words of a language', () => {
  it('are there at once, once they have come', () => {
    for (const tag of tags) expect(wordsIn(tag)).toEqual({ say: messages[tag], language: tag });
  });

  it('are English, numbers and times included, until those of another language have come', async () => {
    vi.resetModules();
    const { wordsIn: words, loadMessages: load } = await import('../../../kiosk/ui/i18n/packs.js');
    expect(words('sw').language).toBe('en');
    const { justNow } = await load('sw');
    expect(words('sw')).toMatchObject({ language: 'sw', say: { justNow } });
  });
});

describe('A text that somebody else wrote', () => {
  it('is taken in the language, or in English, or in whatever there is, and says which that is', () => {
    const texts = { ko: '강남', en: 'Gangnam', fr: 'Gangnam (Séoul)' };
    expect(localizedIn(texts, 'ko')).toEqual({ text: '강남', lang: 'ko' });
    expect(localizedIn(texts, 'ja')).toEqual({ text: 'Gangnam', lang: 'en' });
    expect(localizedIn({ fr: 'Fête' }, 'ja')).toEqual({ text: 'Fête', lang: 'fr' });
    expect(localizedIn({}, 'ja')).toEqual({ text: '', lang: 'ja' });
  });
});

it('no two states of a value are called the same', () => {
  for (const tag of tags) expect(new Set(Object.values(messages[tag].states)).size).toBe(5);
});

describe('The language of the page', () => {
  it('is the one that was chosen', () => {
    expect(languageOf('en', ['ko', 'en'], [])).toBe('en');
  });

  it('is the first of the site’s that the page speaks', () => {
    expect(languageOf(undefined, ['xx', 'en', 'ko'], ['ko-KR'])).toBe('en');
    expect(spoken(['xx', 'constructor', 'en'])).toEqual(['en']);
  });

  it('is the reader’s before a site is known', () => {
    expect(languageOf(undefined, [], ['de-DE', 'en-GB'])).toBe('en');
    expect(languageOf(undefined, [], [])).toBe('ko');
  });
});

describe('The reason for a missing value', () => {
  it('is known for every code of a problem', () => {
    for (const code of Object.keys(errorCodes))
      expect(messages.en.reasons[reasonFor(code)]).toBeTypeOf('string');
    expect(reasonFor('DEVICE_SILENT')).toBe('silent');
    expect(reasonFor('DEVICE_LOST')).toBe('unplugged');
    expect(reasonFor('DEVICE_BROKEN')).toBe('broken');
    expect(reasonFor('PORT_DENIED')).toBe('unreachable');
    expect(reasonFor('SOMETHING_NEW')).toBe('unreachable');
  });

  it('is the value itself where the sensor works', () => {
    expect(reasonFor(undefined)).toBe('unbelievable');
  });
});

it('an input’s state without a word of its own is shown as it is', () => {
  const input = { input: 'x', driver: 'x', since: null };
  expect(inputStateName({ ...input, state: 'pressed' }, messages.ko)).toBe('눌림');
  expect(inputStateName({ ...input, state: 'half-open' }, messages.ko)).toBe('half-open');
  expect(inputStateName({ ...input, state: null }, messages.en)).toBe('Not read yet');
});
