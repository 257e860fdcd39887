import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { ShelterError } from '../../config/errors.js';
import type { Disk } from '../disk.js';
import { messageOf } from '../problem.js';

/** The file through which the kiosk finds the runtime, and by whose token it is known: for this device's eyes alone. */

/** Its name, beside the database. */
export const kioskFile = 'kiosk.json';

/** A token of this start of the program: nothing that was read before is of use. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Makes the file anew, readable for its owner alone. Rejects with KIOSK_UNREACHABLE. */
export async function writeAccess(
  disk: Disk,
  file: string,
  access: { url: string; token: string },
): Promise<void> {
  try {
    const next = `${file}.next`;
    await disk.makeFolder(dirname(file));
    await disk.write(next, Buffer.from(`${JSON.stringify(access)}\n`));
    await disk.rename(next, file);
  } catch (error) {
    throw new ShelterError('KIOSK_UNREACHABLE', `${file} could not be written: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
