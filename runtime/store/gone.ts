import type { ShelterEvent } from '../reading.js';
import type { LedgerEntry } from './port.js';

/** What there is to say of rows that are gone. */
export type Facts = Omit<LedgerEntry, 'id' | 'time' | 'cursors'>;

/** An event before it has its time. */
export type Happening = Omit<ShelterEvent, 'time' | 'monotonic'>;

/** The same for upstream, which can tell a gap from a loss by it. */
export function happeningOf({ what, log, width, least, greatest, ...facts }: Facts): Happening {
  const times = {
    ...(least !== null && { from: isoTime(least) }),
    ...(greatest !== null && { to: isoTime(greatest) }),
  };
  const detail = { log, ...facts, ...times, ...(width > 0 && { width: width / 1_000 }) };
  return { kind: `store.${what}`, source: 'store', detail };
}

const lastMoment = 8.64e15;

/** Of a damaged row, even the time may be damaged. */
function isoTime(ms: number): string {
  return new Date(Math.min(Math.max(ms, -lastMoment), lastMoment)).toISOString();
}
