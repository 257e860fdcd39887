import { type Language, languages } from '../../../config/catalogue/languages.js';

/** Those of a list of tags that the page speaks, in their order. */
export function spoken(tags: readonly string[]): Language[] {
  return tags.filter(isLanguage);
}

/** The language people chose, or the site's own, or (before a site is known) the reader's. */
export function languageOf(
  chosen: Language | undefined,
  site: readonly string[],
  reader: readonly string[],
): Language {
  const fallbacks = [...spoken(site), ...spoken(reader.map((tag) => tag.split('-')[0] ?? tag))];
  return chosen ?? fallbacks[0] ?? 'ko';
}

/** A text together with the language that it is in, which is how it must be written and spoken. */
export interface Localized {
  text: string;
  lang: string;
}

/**
 * A text in a language; where it is not there in that language, in English; and otherwise in whatever there is. All
 * that we say ourselves is there in every language: this is for names of places, and for what a city sends.
 */
export function localizedIn(texts: Readonly<Record<string, string>>, language: Language): Localized {
  for (const lang of [language, 'en', ...Object.keys(texts)]) {
    const text = texts[lang];
    if (text !== undefined) return { text, lang };
  }
  return { text: '', lang: language };
}

/** As `localizedIn`, where its language needs no mark. */
export function localized(texts: Readonly<Record<string, string>>, language: Language): string {
  return localizedIn(texts, language).text;
}

function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(languages, tag);
}
