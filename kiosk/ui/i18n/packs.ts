import { signal } from '@preact/signals';
import type { Language } from '../../../config/catalogue/languages.js';
import { en } from './en.js';
import { ko } from './ko.js';
import type { Messages } from './messages.js';

/** How a part of the page speaks: what it says, and in which language numbers and times are written. */
export interface Words {
  say: Messages;
  language: Language;
}

/**
 * Every language that a site can name. Korean and English are there from the start; each of the others is a script of
 * its own, which comes when it is asked for.
 */
const every: Record<Language, () => Messages | Promise<Messages>> = {
  ko: () => ko,
  en: () => en,
  ja: async () => (await import('./ja.js')).ja,
  zh: async () => (await import('./zh.js')).zh,
  vi: async () => (await import('./vi.js')).vi,
  ne: async () => (await import('./ne.js')).ne,
  sw: async () => (await import('./sw.js')).sw,
};

const here = signal<Readonly<Partial<Record<Language, Messages>>>>({ ko, en });

/**
 * The words of a language. Where they are not there yet they come a moment later; until then, and where the shelter
 * does not give them, all is said in English. What is computed from them is computed again when they come.
 */
export function wordsIn(language: Language): Words {
  const say = here.value[language];
  if (say) return { say, language };
  loadMessages(language).catch(() => {});
  return { say: en, language: 'en' };
}

/** The messages of a language; rejects where the shelter does not give them. */
export async function loadMessages(language: Language): Promise<Messages> {
  const say = await every[language]();
  if (here.peek()[language] !== say) here.value = { ...here.peek(), [language]: say };
  return say;
}

/** Has the words of some languages ready, so that nobody waits for them. */
export function fetchWords(languages: readonly Language[]): void {
  for (const language of languages) loadMessages(language).catch(() => {});
}
