/** The page's own time, which can run ahead. What the page allows more than that, such as for a beat to come, stays real. */
const longest = 1_000;

interface Timer {
  /** By the page's time, in ms. */
  due: number;
  callback: () => void;
}

const timers = new Map<number, Timer>();
let ahead = 0;

/** To be called before the page is there. */
export function holdTime(): void {
  const passed = performance.now.bind(performance);
  const later = window.setTimeout.bind(window);
  const never = window.clearTimeout.bind(window);
  Object.assign(performance, { now: () => passed() + ahead });
  Object.assign(window, {
    setTimeout(callback: () => void, ms = 0) {
      const timer = later(() => {
        timers.delete(timer);
        callback();
      }, ms);
      if (ms <= longest) timers.set(timer, { due: performance.now() + ms, callback });
      return timer;
    },
    clearTimeout(timer: number) {
      timers.delete(timer);
      never(timer);
    },
  });
}

/** So many ms pass at once, and what was waited for happens. */
export function leap(ms: number): void {
  ahead += ms;
  for (const [timer, { due, callback }] of [...timers]) {
    if (due > performance.now()) continue;
    clearTimeout(timer);
    callback();
  }
}
