import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterFile } from './clean-up.js';

/** A folder that is gone after the tests of the file. */
export function scratchFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'ushelter-test-'));
  afterFile(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
