/** How to get somewhere on the page. */
export interface Way {
  /** Undefined where the page has no control for it. */
  language: string | undefined;
  /** All controls that are on or off, and those that are to be on. */
  toggles: readonly string[];
  pressed: readonly string[];
  /** From home: controls that are pressed, `back-door`, or `wait a minute`. */
  steps: readonly string[];
  /** A selector of what is there by then. */
  shows: string;
}
