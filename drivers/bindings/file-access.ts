import { constants, open } from 'node:fs/promises';
import { DriverError } from '../contract.js';
import type { Clock } from '../ports.js';

/** Opens a file for reading and writing and closes it again; rejects with the system's error where it may not. */
export type TryFile = (path: string) => Promise<void>;

const retryEvery = 25;

/**
 * Waits until all files may be read and written. A file that the kernel has just made belongs to root until udev has
 * given it to its group, which takes up to some seconds on a busy board.
 *
 * @param limit in ms, for all files together
 * @throws DriverError PORT_DENIED, or PORT_FAILED where a file is not even there
 */
export async function awaitAccess(
  paths: readonly string[],
  { clock, limit, tryFile = openAndClose }: { clock: Clock; limit: number; tryFile?: TryFile },
): Promise<void> {
  const deadline = clock.monotonic() + limit;
  for (const path of paths) {
    for (let failure = await failureOf(tryFile, path); failure; failure = await failureOf(tryFile, path)) {
      if (clock.monotonic() >= deadline) throw noAccess(path, limit, failure);
      await new Promise<void>((resolve) => clock.after(retryEvery, resolve));
    }
  }
}

async function openAndClose(path: string): Promise<void> {
  const file = await open(path, constants.O_RDWR);
  await file.close();
}

async function failureOf(tryFile: TryFile, path: string): Promise<NodeJS.ErrnoException | undefined> {
  try {
    await tryFile(path);
    return undefined;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
}

function noAccess(path: string, limit: number, cause: NodeJS.ErrnoException): DriverError {
  return cause.code === 'EACCES' || cause.code === 'EPERM'
    ? new DriverError('PORT_DENIED', `${path} may not be read and written, ${limit} ms after it was made.`, {
        cause,
      })
    : new DriverError('PORT_FAILED', `${path} could not be opened: ${cause.message}.`, { cause });
}
