import type { SiteNow } from '../../../runtime/api/contract.js';

/** By how much a touch makes it louder or softer, in percent. */
export const volumeStep = 10;

/**
 * How loud to speak, from 0 to 1: what the site wants at this time of day, and what the visitor has added to it. While
 * nobody knows the time, it might be night.
 *
 * @param minute of the day at the site
 * @param added by the visitor, in percent
 */
export function volumeAt(
  { volume, night }: SiteNow['voice'],
  minute: number | undefined,
  added: number,
): number {
  const quieter = Math.min(volume, night.volume);
  const usual = minute === undefined ? quieter : isWithin(night, minute) ? night.volume : volume;
  return Math.min(100, Math.max(0, usual + added)) / 100;
}

function isWithin({ from, to }: { from: number; to: number }, minute: number): boolean {
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}
