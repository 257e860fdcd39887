import type { ClockSync, ClockSyncState } from '../drivers/ports.js';

/** A machine whose network time comes when it is told to. */
export interface SimulatedClockSync extends ClockSync {
  become(state: ClockSyncState): void;
}

export function simulatedClockSync(
  initial: ClockSyncState = { synchronised: false, by: 'impossible' },
): SimulatedClockSync {
  let state = initial;
  return {
    check: async () => state,
    become(next) {
      state = next;
    },
  };
}
