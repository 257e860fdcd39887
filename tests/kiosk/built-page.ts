import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, mergeConfig } from 'vite';
import config from '../../kiosk/ui/vite.config.js';

/** Builds the page as it is shipped, into a folder of its own, and resolves to that. */
export async function buildPage(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'ushelter-page-'));
  await build(mergeConfig({ ...config, configFile: false, logLevel: 'error' }, { build: { outDir } }));
  return outDir;
}
