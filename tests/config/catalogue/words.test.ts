import { describe, expect, it } from 'vitest';
import { certifications, simpleMeter, uncertified } from '../../../config/catalogue/certification.js';
import { everywhere, type Language, languages, type Words } from '../../../config/catalogue/languages.js';
import { properties } from '../../../config/catalogue/properties.js';
import { profiles } from '../../../config/profiles/index.js';
import { indices } from '../../../runtime/indices/index.js';

const tags = Object.keys(languages) as Language[];

/** Everything that goes from the catalogue to the screen, beside the texts of the profiles. */
const catalogue: readonly (readonly [string, Words])[] = [
  ...Object.entries(properties).map(([id, { name }]) => [`property ${id}`, name] as const),
  ...indices.map(({ id, title }) => [`index ${id}`, title] as const),
  ...Object.entries(certifications).map(([id, words]) => [`certification ${id}`, words] as const),
  ...Object.entries(simpleMeter).map(([id, words]) => [`statement ${id}`, words] as const),
  ['uncertified', uncertified],
  ...Object.entries(profiles).map(([id, { name }]) => [`profile ${id}`, name] as const),
];

describe.each(catalogue)('%s', (_, words) => {
  it('is said in every language, and in no other', () => {
    expect(Object.keys(words).sort()).toEqual([...tags].sort());
    for (const tag of tags) expect(words[tag].trim()).not.toBe('');
  });
});

it('No two indices of a profile are called the same', () => {
  for (const profile of Object.values(profiles))
    for (const tag of tags) {
      const titles = profile.indices.map((id) => indices.find((index) => index.id === id)?.title[tag]);
      expect(new Set(titles).size).toBe(titles.length);
    }
});

it('What is written alike everywhere is there in every language', () => {
  expect(Object.keys(everywhere('PM1')).sort()).toEqual([...tags].sort());
});
