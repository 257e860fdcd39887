import { type Box, liesOver, named, type Seen } from './seen.js';

/** What is lost when sizes are rounded to pixels. */
const rounding = 0.5;

/** Targets that a finger misses, or takes for one another. */
export function targets({ targets: all, measure }: Seen): string[] {
  const small = all
    .filter(({ box }) => Math.min(widthOf(box), heightOf(box)) < measure.target - rounding)
    .map(
      ({ element, box }) =>
        `only ${widthOf(box).toFixed(0)} × ${heightOf(box).toFixed(0)} px to touch: ${named(element)}`,
    );
  const near = all.flatMap((one, index) =>
    all
      .slice(index + 1)
      .filter(({ element }) => !one.element.contains(element) && !liesOver(one.element, element, measure))
      .filter(({ box }) => between(one.box, box) < measure.gap - rounding)
      .map(
        ({ element, box }) =>
          `only ${between(one.box, box).toFixed(1)} px between ${named(one.element)} and ${named(element)}`,
      ),
  );
  return [...small, ...near];
}

function widthOf({ left, right }: Box): number {
  return right - left;
}

function heightOf({ top, bottom }: Box): number {
  return bottom - top;
}

function between(one: Box, other: Box): number {
  const beside = Math.max(one.left - other.right, other.left - one.right);
  const below = Math.max(one.top - other.bottom, other.top - one.bottom);
  return Math.max(beside, below);
}
