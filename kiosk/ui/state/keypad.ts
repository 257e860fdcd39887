/** How a keypad's arrows move the focus. */

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export type Arrow = 'left' | 'right' | 'up' | 'down';

/**
 * Where the focus goes: left and right follow the reading order, and so reach everything; up and down go to what is
 * nearest in that direction, or on in reading order where nothing is.
 *
 * @param boxes of all that can have the focus, in reading order
 * @param from which of them has it; -1 for none
 */
export function focusAfter(arrow: Arrow, boxes: readonly Box[], from: number): number {
  const current = boxes[from];
  if (!current) return boxes.length === 0 ? -1 : 0;
  const step = arrow === 'right' || arrow === 'down' ? 1 : -1;
  const next = (from + step + boxes.length) % boxes.length;
  if (arrow === 'left' || arrow === 'right') return next;
  return nearest(current, boxes, step) ?? next;
}

function nearest(from: Box, boxes: readonly Box[], step: 1 | -1): number | undefined {
  const distances = boxes.map((box, index) => ({ index, distance: distance(from, box, step) }));
  const [best] = distances
    .filter(({ distance }) => Number.isFinite(distance))
    .toSorted((a, b) => a.distance - b.distance);
  return best?.index;
}

/** What is beside counts three times: straight on comes first. */
function distance(from: Box, to: Box, step: 1 | -1): number {
  const ahead = step === 1 ? to.top - from.bottom : from.top - to.bottom;
  const height = Math.min(from.bottom - from.top, to.bottom - to.top);
  if (ahead < -height / 2) return Number.POSITIVE_INFINITY;
  const beside = Math.max(0, to.left - from.right, from.left - to.right);
  return Math.max(0, ahead) + 3 * beside + Math.abs(middle(from) - middle(to)) / 1_000;
}

function middle({ left, right }: Box): number {
  return (left + right) / 2;
}
