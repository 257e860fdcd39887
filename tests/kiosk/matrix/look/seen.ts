import type { Measure } from './measure.js';

/** What of the page is seen, and where. */

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A line of text that is seen, at least in part. */
export interface Line {
  element: Element;
  text: Text;
  /** Where all of it is. */
  whole: Box;
  /** Where it shows. */
  shown: Box;
}

/** What can be touched, at least in part. */
export interface Target {
  element: HTMLElement;
  /** Where it shows. */
  box: Box;
}

const hidden = '.unseen, svg, [inert]';

/** What lies on top: nothing below it can be read or touched. */
export function topLayer(): HTMLElement {
  const layers = document.querySelectorAll<HTMLElement>(
    '.frame, [aria-modal="true"], .bar[data-opened], .test',
  );
  return layers[layers.length - 1] ?? document.body;
}

export function common(one: Box, other: Box): Box {
  return {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  };
}

/** What is for screen readers alone is a pixel wide. */
export function isEmpty({ left, top, right, bottom }: Box): boolean {
  return right - left <= 1 || bottom - top <= 1;
}

export function isSeen(element: Element): boolean {
  return element.checkVisibility({ visibilityProperty: true }) && !element.closest(hidden);
}

/** All that is seen of the page now. */
export interface Seen {
  measure: Measure;
  lines: readonly Line[];
  targets: readonly Target[];
}

export function lookAround(measure: Measure): Seen {
  const windowOf = windows(measure);
  return { measure, lines: linesIn(topLayer(), windowOf), targets: targetsIn(topLayer(), windowOf) };
}

/** Within which an element may show itself: its screen, and whatever around it cuts off. */
type WindowOf = (element: Element | null) => Box;

function windows(measure: Measure): WindowOf {
  const height = measure.scrolls === 'down' ? { top: -1e6, bottom: 1e6 } : { top: 0, bottom: innerHeight };
  const screen: Box = { left: 0, right: innerWidth, ...height };
  const known = new Map<Element, Box>();
  return function windowOf(element: Element | null): Box {
    if (!element) return screen;
    const box = known.get(element) ?? own(element, windowOf(element.parentElement), measure);
    known.set(element, box);
    return box;
  };
}

function own(element: Element, around: Box, { scrolls }: Measure): Box {
  const { overflowX, overflowY } = getComputedStyle(element);
  if (overflowX === 'visible') return around;
  const box = element.getBoundingClientRect();
  const { left, right } = common(around, box);
  // What scrolls down is there, wherever it is by now.
  return scrolls === 'down' && overflowY === 'auto' ? { ...around, left, right } : common(around, box);
}

function linesIn(layer: Element, windowOf: WindowOf): Line[] {
  const lines: Line[] = [];
  const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node as Text;
    const element = text.parentElement;
    if (!element || text.data.trim() === '' || !isSeen(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const whole of range.getClientRects()) {
      const shown = common(whole, windowOf(element));
      if (!isEmpty(whole) && !isEmpty(shown)) lines.push({ element, text, whole, shown });
    }
  }
  return lines;
}

function targetsIn(layer: Element, windowOf: WindowOf): Target[] {
  return [...layer.querySelectorAll<HTMLElement>('button, a[href], input, select')]
    .filter(isSeen)
    .map((element) => ({
      element,
      box: common(element.getBoundingClientRect(), windowOf(element.parentElement)),
    }))
    .filter(({ box }) => !isEmpty(box));
}

/** Over what scrolls below it the bar lies at the lower edge. */
export function liesOver(one: Element, other: Element, { scrolls }: Measure): boolean {
  return scrolls === 'down' && (one.closest('.bar') === null) !== (other.closest('.bar') === null);
}

/** How an element is called in a report. */
export function named(element: Element): string {
  const mark = element.getAttribute('data-control') ?? element.getAttribute('class')?.split(' ')[0] ?? '';
  const text = (element.textContent ?? '').replace(/\s+/g, ' ').slice(0, 30);
  return `${element.localName}${mark && `.${mark}`} "${text}"`;
}
