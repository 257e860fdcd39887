import '@fontsource-variable/noto-sans/wght.css';
import '@fontsource-variable/noto-sans-kr/wght.css';
import type { Language } from '../../../config/catalogue/languages.js';
import { loadMessages } from './packs.js';

/** A family of letters, in slices of which a browser fetches those that a text needs, and the sheet that names them. */
interface Font {
  family: string;
  /** Where the page's own style sheet does not name them. */
  sheet?(): Promise<unknown>;
}

const latin: Font = { family: 'Noto Sans Variable' };

const fonts: Record<Language, Font> = {
  ko: { family: 'Noto Sans KR Variable' },
  en: latin,
  ja: { family: 'Noto Sans JP Variable', sheet: () => import('@fontsource-variable/noto-sans-jp/wght.css') },
  zh: { family: 'Noto Sans SC Variable', sheet: () => import('@fontsource-variable/noto-sans-sc/wght.css') },
  vi: latin,
  ne: {
    family: 'Noto Sans Devanagari Variable',
    sheet: () => import('@fontsource-variable/noto-sans-devanagari/wght.css'),
  },
  sw: latin,
};

const asked = new Set<Language>();

/**
 * Has the letters ready in which the page itself speaks some languages: what must be said when the shelter is lost
 * cannot fetch them any more. Where they cannot be had, the machine's own stand in.
 */
export function fetchLetters(languages: readonly Language[]): void {
  for (const language of languages) {
    if (asked.has(language)) continue;
    asked.add(language);
    load(language).catch(() => asked.delete(language));
  }
}

async function load(language: Language): Promise<void> {
  const { family, sheet } = fonts[language];
  await seenIsWritten();
  const [messages] = await Promise.all([loadMessages(language), sheet?.()]);
  await document.fonts.load(`1em "${family}"`, lettersOf(messages));
}

/** Resolves when what is drawn next has its letters: those come first. */
async function seenIsWritten(): Promise<void> {
  await new Promise((drawn) => requestAnimationFrame(drawn));
  await document.fonts.ready;
}

/** All that some messages can say: the source of those that are made from what they are told holds their letters. */
function lettersOf(messages: unknown): string {
  if (typeof messages === 'object' && messages) return Object.values(messages).map(lettersOf).join('');
  return String(messages);
}
