/**
 * `npm run bench [NAME …]`: bundles the benches, which are TypeScript, and runs them. What they import of the product
 * is not bundled but taken from dist/, so that what is measured is what is shipped.
 */
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const outDir = join(root, 'node_modules/.cache/bench');

await build({
  configFile: false,
  logLevel: 'error',
  plugins: [{ name: 'product-from-dist', enforce: 'pre', resolveId: fromDist }],
  build: { ssr: join(here, 'run.ts'), outDir, minify: false, target: 'node20' },
});
const { run } = await import(pathToFileURL(join(outDir, 'run.js')).href);
process.exitCode = await run(root, process.argv.slice(2));

function fromDist(source, importer) {
  if (!importer || !source.startsWith('.')) return undefined;
  const path = relative(root, resolve(dirname(importer), source));
  if (!/^(config|drivers|runtime|simulators)\//.test(path)) return undefined;
  return { id: pathToFileURL(join(root, 'dist', path)).href, external: true };
}
