import { z } from 'zod';
import { ShelterError } from '../../../config/errors.js';
import { logLevels } from '../../log-levels.js';
import type { Logger } from '../../logger.js';
import { type Command, defineCommand } from './command.js';

export function setLogLevel(log: Logger): Command {
  return defineCommand({
    name: 'set-log-level',
    about: 'Sets the least level that is logged, until the next start or desired configuration.',
    args: z.strictObject({ level: z.enum(logLevels) }),
    async run({ level }) {
      const before = log.level;
      if (before === undefined) {
        throw new ShelterError('COMMAND_REFUSED', 'The log of this program has no level to set.');
      }
      log.level = level;
      return { result: { level, before } };
    },
  });
}
