import { z } from 'zod';
import { ShelterError } from '../../../config/errors.js';
import type { Resend } from '../../uplink/resend.js';
import { type Command, defineCommand } from './command.js';

/** Most rows that one command may ask for. */
const most = 10_000;

export function resend(publish: Resend): Command {
  return defineCommand({
    name: 'resend',
    about: 'Sends stored readings or events once more, by their seq.',
    args: z.strictObject({
      log: z.enum(['readings', 'events']).default('readings'),
      first: z.int().min(1),
      last: z.int().min(1),
    }),
    async run({ log, first, last }) {
      if (last < first || last - first >= most) {
        throw new ShelterError(
          'COMMAND_REFUSED',
          `From ${first} to ${last} is no range of 1 to ${most} rows: first ≤ last is expected.`,
        );
      }
      return { result: { log, first, last, sent: await publish(log, { first, last }) } };
    },
  });
}
