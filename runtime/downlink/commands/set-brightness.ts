import { z } from 'zod';
import type { KioskDesk } from '../../kiosk/desk.js';
import { type Command, defineCommand } from './command.js';

export function setBrightness(kiosk: Pick<KioskDesk, 'order'>): Command {
  return defineCommand({
    name: 'set-brightness',
    about: 'Sets how bright the panel is, for a time; then the light around it tells again.',
    args: z.strictObject({
      percent: z.number().min(5).max(100),
      minutes: z.number().min(1).max(1_440).default(60),
    }),
    async run({ percent, minutes }) {
      await kiosk.order({ kind: 'brightness', percent, minutes });
      return { result: { percent, minutes } };
    },
  });
}
