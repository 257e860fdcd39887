import type { Faults } from '../api/maintenance.js';
import type { ShelterEvent } from '../reading.js';
import { viewEvent } from '../view.js';

/** Kinds of events that tell of something that went wrong, or came right again. */
const faultKinds = [
  /^device\./,
  /^store\.salvaged$/,
  /^uplink\.quarantined$/,
  /^clock\.stepped$/,
  /^kiosk\./,
  /^feed\./,
  /\.(refused|failed)$/,
];

/** Most that are told. */
const most = 50;

/** How many events are looked through for them. */
export const lookedThrough = 2_000;

/** The faults among events that come oldest first. */
export function faultsAmong(events: readonly ShelterEvent[]): Faults {
  const faults = events.filter(({ kind }) => faultKinds.some((each) => each.test(kind)));
  return { faults: faults.slice(-most).reverse().map(viewEvent) };
}
