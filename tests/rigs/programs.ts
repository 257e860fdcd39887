import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The path of a program of this machine. Where it is missing that is said, for the tests that need it are skipped;
 * under CI=true it is an error.
 */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  const found = folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
  if (found) return found;
  const message = `${name} is not installed: the tests that need it are skipped (apt-get install ${name}).`;
  if (process.env.CI === 'true') throw new Error(message);
  console.warn(message);
  return undefined;
}
