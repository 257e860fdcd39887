import type { Texts } from './found.js';

/** Makes texts from elsewhere such as the screen may show: no control characters, no more than fits. */

/** A name in one line, at most 64 characters; undefined where nothing of it is left. */
export function plainName(text: string | undefined): string | undefined {
  const plain = (text ?? '')
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, ' ')
    .replace(/ +/g, ' ')
    .trim();
  return [...plain].slice(0, 64).join('').trim() || undefined;
}

/** Texts of at most so many characters each; undefined where nothing of them is left. */
export function plainTexts(texts: Texts, most: number): Record<string, string> | undefined {
  const entries = Object.entries(texts)
    .map(([tag, text]) => [languageOf(tag), plainText(text, most)] as const)
    .filter((entry): entry is [string, string] => entry[0] !== undefined && entry[1] !== '');
  return entries.length > 0 ? Object.fromEntries(entries.slice(0, 16)) : undefined;
}

function plainText(text: string, most: number): string {
  const plain = text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{C}\n]/gu, ' ')
    .trim();
  return plain.length <= most ? plain : `${cut(plain, most - 1).trimEnd()}…`;
}

/** No pair of code units is torn. */
function cut(text: string, most: number): string {
  const short = text.slice(0, most);
  return /[\uD800-\uDBFF]$/.test(short) ? short.slice(0, -1) : short;
}

/** `ko` of `ko-KR`; undefined where the tag names no language. */
export function languageOf(tag: string | undefined): string | undefined {
  return /^([A-Za-z]{2,3})(?:[-_]|$)/.exec(tag ?? '')?.[1]?.toLowerCase();
}
