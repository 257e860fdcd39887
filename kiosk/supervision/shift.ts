/** How far, in pixels, what is drawn wanders in all, so that nothing burns into the panel. */
export const span = 8;

/** Between two steps, in ms. */
export const stepEvery = 60_000;

/** Where to draw after so many steps, in pixels beside the usual place: one pixel further in each direction at most. */
export function shiftAfter(steps: number): { x: number; y: number } {
  // The ways back and forth are not equally long, so that the path covers the square instead of a line in it.
  return { x: wander(steps, span), y: wander(steps, span - 1) };
}

/** To and fro over `width` pixels around zero, from zero on. */
function wander(steps: number, width: number): number {
  const half = Math.floor(width / 2);
  const place = (steps + half) % (2 * width);
  return (place <= width ? place : 2 * width - place) - half;
}
