/** Words such as `humidity=60` or `values=13,,21`, as several commands take them. */

/** The texts by their keys, or what is wrong with a word. */
export type KeyValues = { texts: ReadonlyMap<string, string> } | { wrong: string };

/**
 * @param taker whose keys they are, for the message
 * @param takes what it takes, for the message
 */
export function readKeyValues(
  words: readonly string[],
  { taker, takes, keys }: { taker: string; takes: string; keys: readonly string[] },
): KeyValues {
  const texts = new Map<string, string>();
  for (const word of words) {
    const [, key, text] = /^([^=]*)=(.*)$/s.exec(word) ?? [];
    if (key === undefined || text === undefined) {
      return { wrong: `"${word}" is no key=value; ${taker} takes ${takes}` };
    }
    if (!keys.includes(key)) return { wrong: `${taker} takes no "${key}"; it takes ${takes}` };
    if (texts.has(key)) return { wrong: `${key} is given twice` };
    texts.set(key, text);
  }
  return { texts };
}

/** A finite decimal number; undefined where the text is none. */
export function parseNumber(text: string): number | undefined {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

/** Numbers between commas, undefined where there is nothing between two; undefined as a whole where one is no number. */
export function parseSeries(text: string): (number | undefined)[] | undefined {
  const cells = text.split(',').map((cell) => cell.trim());
  const values = cells.map((cell) => (cell === '' ? undefined : parseNumber(cell)));
  return cells.some((cell, index) => cell !== '' && values[index] === undefined) ? undefined : values;
}
