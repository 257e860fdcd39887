import { type Language, languages } from '../../../config/catalogue/languages.js';
import { en } from './en.js';
import { ko } from './ko.js';
import type { Messages } from './messages.js';

/** Every language that a site can name. */
export const messages: Readonly<Record<Language, Messages>> = { ko, en };

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

/** A text in a language, or in English, or in whatever there is. */
export function localized(texts: Readonly<Record<string, string>>, language: Language): string {
  return texts[language] ?? texts.en ?? Object.values(texts)[0] ?? '';
}

function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(languages, tag);
}
