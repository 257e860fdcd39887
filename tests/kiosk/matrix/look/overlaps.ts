import { type Box, common, type Line, liesOver, named, type Seen } from './seen.js';

/** Text that lies over other text, or below something else. */
export function overlaps({ lines, measure }: Seen): string[] {
  const crossed = lines.flatMap((one, index) =>
    lines
      .slice(index + 1)
      .filter((other) => one.element !== other.element && !liesOver(one.element, other.element, measure))
      .filter((other) => overlap(lettersOf(one), lettersOf(other)))
      .map((other) => `overlap: ${named(one.element)} and ${named(other.element)}`),
  );
  const covered = lines.flatMap(({ element, shown }) => {
    if (element.closest('[data-clipped]')) return [];
    const over = topmostAt((shown.left + shown.right) / 2, (shown.top + shown.bottom) / 2);
    const isFree =
      !over || over.contains(element) || element.contains(over) || liesOver(element, over, measure);
    return isFree ? [] : [`is covered by ${named(over)}: ${named(element)}`];
  });
  return [...crossed, ...covered];
}

/** A drawing lets through what is below it. */
function topmostAt(x: number, y: number): Element | undefined {
  return document.elementsFromPoint(x, y).find((element) => !(element instanceof SVGElement));
}

/** Where the letters of a line are, without the air above and below them. */
function lettersOf({ whole, shown }: Line): Box {
  const air = (whole.bottom - whole.top) * 0.16;
  return { ...shown, top: shown.top + air, bottom: shown.bottom - air };
}

function overlap(one: Box, other: Box): boolean {
  const both = common(one, other);
  return both.right - both.left > 2 && both.bottom - both.top > 2;
}
