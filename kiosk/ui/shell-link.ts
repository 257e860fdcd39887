/** What the shell around the page offers, where there is one. */
export interface Shell {
  /** Tells that the page still draws. */
  alive(): void;
}

declare global {
  var ushelterShell: Shell | undefined;
}

export function shell(): Shell | undefined {
  return globalThis.ushelterShell;
}
