import { z } from 'zod';
import type { KioskDesk } from '../../kiosk/desk.js';
import { type Command, defineCommand } from './command.js';

export function reloadKiosk(kiosk: Pick<KioskDesk, 'order'>): Command {
  return defineCommand({
    name: 'reload-kiosk',
    about: 'Shows the page in a new renderer.',
    args: z.strictObject({}),
    async run() {
      await kiosk.order({ kind: 'reload' });
      return { result: { reloaded: true } };
    },
  });
}
