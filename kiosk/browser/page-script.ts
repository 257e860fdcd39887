import { keypad } from '../supervision/policies.js';

/** How the page calls the supervisor, and the supervisor the page: names of functions in the page's world. */
export const binding = 'ushelterTell';
const hearing = 'ushelterHear';

/**
 * What runs in every document before its own scripts: the page's end of the link, and the keys of a keypad alone. Of the
 * others the browser would act on what no page forbids it.
 */
export const pageScript = `(() => {
  'use strict';
  const keypad = new Set(${JSON.stringify([...keypad])});
  const isOther = ({ key, ctrlKey, altKey, metaKey }) => !keypad.has(key) || ctrlKey || altKey || metaKey;
  const forbid = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
  for (const name of ['keydown', 'keypress', 'keyup'])
    addEventListener(name, (event) => { if (isOther(event)) forbid(event); }, true);
  for (const name of ['contextmenu', 'dragstart', 'drop', 'dragover', 'auxclick'])
    addEventListener(name, (event) => event.preventDefault(), true);
  addEventListener('wheel', (event) => { if (event.ctrlKey) forbid(event); }, { capture: true, passive: false });
  for (const name of ['print', 'open', 'close', 'alert', 'confirm', 'prompt'])
    Object.defineProperty(window, name, { value: () => null });

  const tell = window.${binding};
  if (window !== window.top || typeof tell !== 'function') return;
  const listeners = [];
  const missed = [];
  Object.defineProperty(window, '${hearing}', {
    value: (order) => { if (listeners.length === 0) missed.push(order); for (const listener of listeners) listener(order); },
  });
  Object.defineProperty(window, 'ushelterShell', {
    value: Object.freeze({
      tell: (news) => tell(JSON.stringify(news)),
      listen: (listener) => { listeners.push(listener); for (const order of missed.splice(0)) listener(order); },
    }),
  });
})();`;

/** What hands an order to the page. */
export function callWith(order: object): string {
  return `globalThis.${hearing}?.(${JSON.stringify(order)})`;
}
