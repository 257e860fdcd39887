import { ShelterError } from '../../config/errors.js';

/** What a script may rely on. */
export const exitCodes = {
  done: 0,
  /** The command ran and its answer is no: no sample, a site that does not do, a device that failed. */
  failed: 1,
  /** The command was not understood. */
  usage: 2,
  /** The city asked for a restart (EX_TEMPFAIL): what watches over the program is to start it again. */
  restart: 75,
} as const;

/** Writes an error the way a technician reads it: what, then what to do. */
export function writeError(error: unknown): string {
  if (error instanceof ShelterError) return `${error.message}\n${error.code}: ${error.hint}\n`;
  return `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
}
