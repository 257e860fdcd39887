/** Undoes a timer; calling it twice is harmless. */
export type Cancel = () => void;

/** Calls back once, `ms` milliseconds from now. */
export type After = (ms: number, callback: () => void) => Cancel;

/** The machine's own timers. The one place of the shell that asks for them. */
export const after: After = (ms, callback) => {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
};
