import '@fontsource-variable/noto-sans/wght.css';
import '@fontsource-variable/noto-sans-kr/wght.css';
import type { Language } from '../../../config/catalogue/languages.js';

/**
 * The letters of each language, in slices of which a browser fetches those that a text needs. Latin ones, with those
 * of Vietnamese, and Hangul are named in the page's own style sheet; the others in one that comes when it is needed.
 */
const sheets: Partial<Record<Language, () => Promise<unknown>>> = {
  ja: () => import('@fontsource-variable/noto-sans-jp/wght.css'),
  zh: () => import('@fontsource-variable/noto-sans-sc/wght.css'),
  ne: () => import('@fontsource-variable/noto-sans-devanagari/wght.css'),
};

/** Has the letters of some languages ready. Where they cannot be had, the machine's own stand in. */
export function fetchLetters(languages: readonly Language[]): void {
  for (const language of languages) sheets[language]?.().catch(() => {});
}
