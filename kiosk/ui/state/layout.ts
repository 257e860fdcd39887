/**
 * How a screen is laid out. `tall`, `short` and `wide` show all of home at once, and what is too long of it on further
 * pages; `tight` and `flat` have room for one thing at a time, so that the whole screen goes on to further pages;
 * `scroll` is for phones.
 */
export type Layout = 'tall' | 'short' | 'wide' | 'tight' | 'flat' | 'scroll';

/** `panel`: in a shelter; `hand`: a phone; `wall`: a television to be read from afar. */
export type View = 'panel' | 'hand' | 'wall';

/** @param query of the page's address, such as `?view=tv` */
export function viewOf({ width, height, query }: { width: number; height: number; query: string }): View {
  if (new URLSearchParams(query).get('view') === 'tv') return 'wall';
  return width < 768 || height < 500 ? 'hand' : 'panel';
}

/** @param width and height in lines of primary text: what fits depends on how large people need it */
export function layoutOf({ width, height, view }: { width: number; height: number; view: View }): Layout {
  if (view === 'wall') return width > height ? 'wide' : 'tall';
  if (view === 'hand') return 'scroll';
  if (width >= 28 && height >= 15) return 'wide';
  if (width >= 16 && height >= 17) return height >= 28 ? 'tall' : 'short';
  return width > 1.25 * height ? 'flat' : 'tight';
}

/** Below this height, in the same measure, what can be had elsewhere gives way. */
export const shallow = 18.5;

/** Below this width, in lines of primary text, what stands side by side elsewhere stands one below the other. */
export const narrow = 15;

/** What people in a wheelchair reach, in mm above the floor. */
const withinReach = 1_220;

/** However high the panel hangs, so much of its height remains for the low position. */
const leastShare = 0.45;

/**
 * The height, in px, of the part of a panel that everybody reaches.
 *
 * @param height of the whole panel, in px
 */
export function reachOf({
  height,
  pxPerMm,
  panelBottom,
}: {
  height: number;
  pxPerMm: number;
  panelBottom: number;
}): number {
  const reached = (withinReach - panelBottom) * pxPerMm;
  return Math.round(Math.min(height, Math.max(height * leastShare, reached)));
}
