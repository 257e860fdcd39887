import { topLayer } from './seen.js';

/** More pages than that are more of the same. */
const mostPages = 8;

/** What one frame measures is seen in the next, and may be measured again in the one after that. */
const fewestFrames = 3;

/** Everything has its place once the letters are there, some frames were drawn and the last of them changed nothing. */
export async function settled(): Promise<void> {
  let isStill = false;
  const changes = new MutationObserver(() => {
    isStill = false;
  });
  changes.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  for (let frames = 0; frames < fewestFrames || !isStill; frames++) {
    isStill = document.fonts.status === 'loaded';
    await document.fonts.ready;
    await frame();
  }
  changes.disconnect();
}

/** Turns to each page of everything that has pages, and leaves the first open. */
export async function* pagesTurned(): AsyncGenerator<void> {
  yield;
  let turned = 0;
  while (turned < mostPages - 1 && turn()) {
    turned += 1;
    await settled();
    yield;
  }
  if (turned === 0) return;
  for (const box of topLayer().querySelectorAll('[data-flow]')) box.scrollLeft = 0;
  await settled();
}

function frame(): Promise<unknown> {
  return new Promise(requestAnimationFrame);
}

/** @returns whether there was a page to turn to */
function turn(): boolean {
  const controls = topLayer().querySelectorAll<HTMLElement>('[data-control="next"]:not([aria-disabled])');
  const seen = [...controls].filter((control) => control.checkVisibility());
  for (const control of seen) control.click();
  return seen.length > 0;
}
