import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterTest } from '../../rigs/clean-up.js';

/** A folder for each test that asks, gone after it. */
export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'ushelter-store-'));
  afterTest(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
