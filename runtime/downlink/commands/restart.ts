import { z } from 'zod';
import { ShelterError } from '../../../config/errors.js';
import { type Command, defineCommand } from './command.js';

/** @param end ends the program so that whatever watches over it starts it again; undefined where nothing does */
export function restart(end: (() => void) | undefined): Command {
  return defineCommand({
    name: 'restart',
    about: 'Ends the program in good order, to be started again by what watches over it.',
    args: z.strictObject({}),
    async run() {
      if (!end) throw new ShelterError('COMMAND_REFUSED', 'Nothing would start this program again.');
      return { result: { restarting: true }, afterwards: end };
    },
  });
}
