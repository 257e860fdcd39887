import type { Measure } from './measure.js';
import { type Box, liesOver, named, type Seen, type Target, topLayer } from './seen.js';

/** Where every key says the same. */
const anyKeyAnswers = '.asking';

/** Controls that a keypad does not reach, does not show, or reaches in another order than one reads. */
export function keypad({ targets: all, measure }: Seen): string[] {
  if (topLayer().matches(anyKeyAnswers)) return [];
  const problems: string[] = [];
  const reached: Element[] = [];
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  for (let count = 0; count < all.length; count++) {
    press('ArrowRight');
    const { activeElement } = document;
    if (!activeElement || reached.includes(activeElement)) break;
    reached.push(activeElement);
    if (getComputedStyle(activeElement).outlineStyle !== 'solid')
      problems.push(`focus is not seen: ${named(activeElement)}`);
  }
  problems.push(
    ...all
      .filter(({ element }) => !reached.includes(element))
      .map(({ element }) => `no key reaches ${named(element)}`),
    ...all
      .filter(({ element }) => element.tabIndex !== 0)
      .map(({ element }) => `Tab leaves out ${named(element)}`),
    ...backwardSteps(
      all.filter(({ element }) => reached.includes(element)),
      measure,
    ),
  );
  forget();
  return problems;
}

function press(key: string): void {
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
  );
}

/** Leaves the page as somebody with fingers finds it. */
function forget(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  document.body.dispatchEvent(
    new PointerEvent('pointerdown', { bubbles: true, clientX: innerWidth / 2, clientY: 9 }),
  );
}

function backwardSteps(targets: readonly Target[], measure: Measure): string[] {
  return targets.flatMap(({ element, box }, index) => {
    const before = targets[index - 1];
    if (!before || liesOver(before.element, element, measure) || !goesBack(before.box, box)) return [];
    return [`${named(before.element)} is reached before ${named(element)}`];
  });
}

/** To the left on one line, or up within a column. */
function goesBack(from: Box, to: Box): boolean {
  const isBeside = Math.min(from.bottom, to.bottom) - Math.max(from.top, to.top) > 2;
  if (isBeside) return to.right <= from.left + 1;
  return to.bottom <= from.top + 1 && to.left < from.right - 1;
}
