import type { PageNews, PageOrder } from '../supervision/page-link.js';

/** What whoever keeps the page on a screen offers it, where there is somebody. */
export interface Shell {
  tell(news: PageNews): void;
  listen(listener: (order: PageOrder) => void): void;
}

declare global {
  var ushelterShell: Shell | undefined;
}

export function shell(): Shell | undefined {
  return globalThis.ushelterShell;
}
