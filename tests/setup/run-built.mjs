import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * Bundles a program of the tests, which is TypeScript, and imports it. What it imports of the product is not bundled
 * but taken from dist/, so that what is tried is what is shipped.
 *
 * @param entry path of the module within the project
 */
export async function importBuilt(entry) {
  const outDir = join(root, 'node_modules/.cache', dirname(entry));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [
      { name: 'product-from-dist', enforce: 'pre', resolveId: fromDist },
      { name: 'places-of-sources', enforce: 'pre', transform: keepPlace },
    ],
    build: { ssr: join(root, entry), outDir, minify: false, target: 'node20', emptyOutDir: false },
  });
  const bundle = join(outDir, relative(dirname(entry), entry).replace(/\.ts$/, '.js'));
  return import(pathToFileURL(bundle).href);
}

/** What lies beside a module is found beside its source, wherever the bundle lies. */
function keepPlace(code, id) {
  if (id.includes('node_modules') || !code.includes('import.meta.')) return undefined;
  return code
    .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
    .replaceAll('import.meta.dirname', JSON.stringify(dirname(id)));
}

function fromDist(source, importer) {
  if (!importer || !source.startsWith('.')) return undefined;
  const path = relative(root, resolve(dirname(importer), source));
  if (!/^(config|drivers|runtime|simulators)\//.test(path)) return undefined;
  return { id: pathToFileURL(join(root, 'dist', path)).href, external: true };
}
