/** A screen that shows nothing, and that the next touch only wakes. */
export interface Darkness {
  set(dark: boolean): void;
}

/** Everything that a touch or a key sets off. */
const events = [
  ...['pointerdown', 'pointerup', 'pointercancel', 'touchstart', 'touchend'],
  ...['mousedown', 'mouseup', 'click', 'keydown', 'keyup'],
];

/** What begins something new, and what ends it. */
const begins = new Set(['pointerdown', 'keydown']);
const ends = new Set(['pointerup', 'pointercancel', 'keyup']);

/** @param onWake somebody has touched the dark screen */
export function watchDarkness(window: Window, onWake: () => void): Darkness {
  const { document } = window;
  const cover = document.createElement('div');
  cover.className = 'shell-dark';
  /** `lifting`: the touch that woke it is over, but what the browser makes of it may still come. */
  let state: 'light' | 'dark' | 'waking' | 'lifting' = 'light';

  function become(dark: boolean): void {
    if (dark) document.body.append(cover);
    else cover.remove();
  }

  function swallow(event: Event): void {
    if (state === 'light') return;
    if (begins.has(event.type)) {
      if (state === 'lifting') {
        state = 'light';
        return;
      }
      if (state === 'dark') {
        state = 'waking';
        become(false);
        onWake();
      }
    } else if (ends.has(event.type) && state === 'waking') state = 'lifting';
    event.stopImmediatePropagation();
    if (event.cancelable) event.preventDefault();
  }

  for (const name of events) window.addEventListener(name, swallow, { capture: true, passive: false });
  return {
    set(dark) {
      if (dark && state !== 'dark') state = 'dark';
      else if (!dark && state === 'dark') state = 'light';
      else return;
      become(dark);
    },
  };
}
