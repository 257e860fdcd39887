import { describe, expect, it } from 'vitest';
import { type Language, languages } from '../../../config/catalogue/languages.js';
import { properties } from '../../../config/catalogue/properties.js';
import { errorCodes } from '../../../config/errors.js';
import { languageOf, localized, messages, spoken } from '../../../kiosk/ui/i18n/languages.js';
import { inputStateName, reasonFor } from '../../../kiosk/ui/i18n/messages.js';

const tags = Object.keys(languages) as Language[];

/** Every text of a table, by its path; a text with gaps is filled with marks. */
function texts(table: object, path = ''): [path: string, text: string][] {
  return Object.entries(table).flatMap(([key, entry]): [string, string][] => {
    if (typeof entry === 'function') return [[`${path}${key}`, String(entry('<1>', '<2>'))]];
    return typeof entry === 'object' ? texts(entry, `${path}${key}.`) : [[`${path}${key}`, entry]];
  });
}

describe.each(tags)('The language %s', (tag) => {
  it('says something everywhere', () => {
    for (const [path, text] of texts(messages[tag])) expect(text.trim(), path).not.toBe('');
  });

  it('says the same things as the others', () => {
    expect(texts(messages[tag]).map(([path]) => path)).toEqual(texts(messages.en).map(([path]) => path));
  });

  it('leaves out nothing that it is given', () => {
    const text = messages[tag].notConnected.lastUpdate('<1>', '<2>');
    expect(text).toContain('<1>');
    expect(text).toContain('<2>');
  });

  it('says how long ago the last update was where its time is not known', () => {
    const text = messages[tag].notConnected.lastUpdate('<1>', undefined);
    expect(text).toContain('<1>');
    expect(text).not.toContain('undefined');
  });

  it('has a name for every property of the catalogue', () => {
    for (const { name } of Object.values(properties)) expect(localized(name, tag)).not.toBe('');
  });
});

it('Korean is written in Hangul throughout', () => {
  for (const [path, text] of texts(messages.ko)) expect(text, path).toMatch(/[가-힣]/);
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
