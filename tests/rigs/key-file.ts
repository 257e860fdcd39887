import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from './scratch.js';

/** A file with a key in it, as an editor writes one. */
export function keyFile(key: string): string {
  const file = join(scratchFolder(), 'key');
  writeFileSync(file, `${key}\n`);
  return file;
}
