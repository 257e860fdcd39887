import { type Line, named, type Seen } from './seen.js';

/** The line box of a letter is higher than the letter. */
const air = 0.22;

/** Text that is cut off where it stands. What is marked as clipped is told whole elsewhere. */
export function cutTexts({ lines }: Seen): string[] {
  const whole = lines.filter(({ element }) => !element.closest('[data-clipped]'));
  return [
    ...whole.filter(isCut).map(({ element }) => `is cut: ${named(element)}`),
    ...whole.filter(isBeyond).map(({ element }) => `is longer than what holds it: ${named(element)}`),
  ];
}

/** What has a visible edge, beyond which no text of it goes. */
const holders = 'button, section, article, .call, .device';

function isBeyond({ element, whole }: Line): boolean {
  const holder = element.closest(holders)?.getBoundingClientRect();
  return holder !== undefined && (whole.left < holder.left - 1 || whole.right > holder.right + 1);
}

function isCut({ whole, shown }: Line): boolean {
  const beside = Math.max(shown.left - whole.left, whole.right - shown.right);
  const below = Math.max(shown.top - whole.top, whole.bottom - shown.bottom);
  return beside > 1.5 || below > air * (whole.bottom - whole.top);
}
