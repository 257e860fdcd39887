import { topLayer } from './seen.js';

/** More pages than that are more of the same. */
const mostPages = 8;

/** Everything has its place once the letters are there and some frames were drawn. */
export async function settled(): Promise<void> {
  await frame();
  await document.fonts.ready;
  for (let frames = 0; frames < 3; frames++) await frame();
}

/** Turns to each page of everything that has pages, and back to the first. */
export async function* pagesTurned(): AsyncGenerator<void> {
  yield;
  for (let turned = 1; turned < mostPages && turn('next'); turned++) {
    await settled();
    yield;
  }
  for (let turned = 1; turned < mostPages && turn('previous'); turned++) await settled();
}

function frame(): Promise<unknown> {
  return new Promise(requestAnimationFrame);
}

/** @returns whether there was a page to turn to */
function turn(way: 'next' | 'previous'): boolean {
  const controls = topLayer().querySelectorAll<HTMLElement>(`[data-control="${way}"]:not([aria-disabled])`);
  const seen = [...controls].filter((control) => control.checkVisibility());
  for (const control of seen) control.click();
  return seen.length > 0;
}
