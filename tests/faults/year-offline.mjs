/**
 * A year offline, in virtual time: ten streams every 10 s, within 64 MB, then a whole drain.
 * Arguments: days (365), quota in MB (64), a folder (the system's own for temporary files).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const [days = '365', megabytes = '64', place = tmpdir()] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const outDir = join(root, 'node_modules/.cache/faults');

/** The rig is TypeScript and is bundled; what it imports of the product is what is shipped. */
await build({
  root,
  configFile: false,
  logLevel: 'error',
  plugins: [{ name: 'product-from-dist', enforce: 'pre', resolveId: fromDist }],
  build: {
    ssr: join(root, 'tests/rigs/offline.ts'),
    outDir,
    minify: false,
    target: 'node20',
    emptyOutDir: false,
  },
});
const { offline } = await import(pathToFileURL(join(outDir, 'offline.js')).href);

const folder = mkdtempSync(join(place, 'ushelter-offline-'));
const began = Date.now();
try {
  const report = offline({ folder, days: Number(days), quota: Number(megabytes) * 1e6, rounds: 60 });
  console.log({ ...report, seconds: Math.round((Date.now() - began) / 1_000) });
  if (report.complaints.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}

function fromDist(source, importer) {
  if (!importer || !source.startsWith('.')) return undefined;
  const path = relative(root, resolve(dirname(importer), source));
  if (!/^(config|drivers|runtime|simulators)\//.test(path)) return undefined;
  return { id: pathToFileURL(join(root, 'dist', path)).href, external: true };
}
