/** What was drawn, as numbers. */
export interface Frame {
  width: number;
  height: number;
  /** Four bytes for each pixel, row by row; in which order the colours stand does not matter here. */
  pixels: Uint8Array;
}

/** A part of the page, in its own pixels. */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** How far, of 255, a colour may lie from the first one and still count as the same: screens dither. */
const tolerance = 3;

export function areSame(one: Frame, other: Frame): boolean {
  return (
    one.width === other.width &&
    one.height === other.height &&
    one.pixels.length === other.pixels.length &&
    one.pixels.every((value, index) => value === other.pixels[index])
  );
}

/** Whether nothing is to be seen on it below the first `skipped` rows: a blank page, a black screen. */
export function isOneColour({ width, pixels }: Frame, skipped = 0): boolean {
  const start = width * 4 * skipped;
  for (let at = start; at < pixels.length; at++) {
    const first = pixels[start + ((at - start) % 4)] ?? 0;
    if (Math.abs((pixels[at] ?? 0) - first) > tolerance) return false;
  }
  return true;
}
