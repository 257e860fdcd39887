/** What the page and whoever keeps it on the screen tell each other, and what one shows the other. */

/**
 * The page's sign of life that only a screen can give: cells in its upper left corner that change each second, of two
 * shades of grey that people do not notice. In the page's own pixels.
 */
export const marker = { x: 0, y: 0, width: 16, height: 2, cells: 8 } as const;

/** What the page tells. */
export type PageNews =
  /** It draws; told once a second. */
  | { kind: 'alive' }
  /** Somebody touched it or pressed a key; told at most once a second. */
  | { kind: 'touched' }
  /** A finger, or what the panel takes for one, has been held down for so many seconds. It is ignored from now on. */
  | { kind: 'touch-stuck'; seconds: number }
  /** That one is gone. */
  | { kind: 'touch-released'; seconds: number }
  /** Nobody has touched the panel for so long, although people were there so many times. */
  | { kind: 'touch-dead'; hours: number; people: number }
  /** It was touched again. */
  | { kind: 'touch-back' };

/** What the page is told. */
export type PageOrder =
  /** Where to draw, in pixels beside the usual place. */
  | { kind: 'shift'; x: number; y: number }
  /** Whether to show nothing; the next touch then only wakes it. */
  | { kind: 'dark'; dark: boolean }
  /** From how long without a touch, in ms, the panel may be dead. */
  | { kind: 'touch-care'; deadAfter: number };

const numbersOf: Readonly<Record<PageNews['kind'], readonly string[]>> = {
  alive: [],
  touched: [],
  'touch-stuck': ['seconds'],
  'touch-released': ['seconds'],
  'touch-dead': ['hours', 'people'],
  'touch-back': [],
};

/** Reads what came from the page; undefined where it is nothing that the page would say. */
export function parsePageNews(message: unknown): PageNews | undefined {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return undefined;
  const { kind } = message;
  if (typeof kind !== 'string' || !Object.hasOwn(numbersOf, kind)) return undefined;
  const told = message as Record<string, unknown>;
  const names = numbersOf[kind as PageNews['kind']];
  const numbers = names.map((name) => [name, told[name]] as const);
  if (!numbers.every(([, value]) => typeof value === 'number' && Number.isFinite(value))) return undefined;
  return { kind, ...Object.fromEntries(numbers) } as PageNews;
}
