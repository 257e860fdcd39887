import type { Desks } from '../../../runtime/api/desks.js';

function nobody(): never {
  throw new Error('nobody sits at this desk');
}

/** Desks at which nobody sits; `changes` are those that a test has to do with. */
export function fakeDesks(changes: Partial<Desks> = {}): Desks {
  return {
    help: { ask: nobody },
    maintenance: {
      login: nobody,
      check: nobody,
      stay: nobody,
      logout: nobody,
      from: () => 'here',
      look: nobody,
      faults: nobody,
    },
    speech: { say: nobody },
    takeAlong: async () => ({ url: null, wifi: null }),
    kiosk: { token: 'kiosk', report: nobody, ask: nobody, answer: nobody, screenshot: nobody },
    ...changes,
  };
}
