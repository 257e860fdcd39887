import type { Reading } from '../../reading.js';

/** What can honestly be said of a row: none of its numbers where none was measured, no time where the clock was not set. */

/** Earlier wall times, in ms, come from a clock that was not set: 1978. RFC 8428 reads them as relative to now. */
const leastKnown = 2 ** 28 * 1_000;

/** The latest that a Date can say. */
const mostKnown = 8.64e15;

/** A number that was measured. No sensor measures NaN or infinity, and JSON knows neither. */
export function isMeasured(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

/** Whether the wall time of a row, in ms, may be told. */
export function isDated({ time, unsynchronised }: Pick<Reading, 'time' | 'unsynchronised'>): boolean {
  return !unsynchronised && time >= leastKnown && time <= mostKnown;
}
