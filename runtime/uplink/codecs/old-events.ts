import type { StoredEvent } from '../../reading.js';

/** In ms. */
const news = 60_000;

/**
 * True for an event that is told so late that nobody may act on it as if it happened now: a button that was pressed an
 * hour ago, or at a time that the clock did not know.
 */
export function isOldEvent({ time }: StoredEvent, now: number): boolean {
  return !(now - time < news);
}
