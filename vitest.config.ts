import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * Node cannot start a worker thread from TypeScript: each `new Worker(new URL('./x.js', import.meta.url))` of ours
 * gets a bundle of x.ts, made when the test imports it.
 */
function workerThreads(): Plugin {
  const call = /new URL\('(\.\/[\w-]+)\.js', import\.meta\.url\)/g;
  return {
    name: 'worker-threads',
    enforce: 'pre',
    async transform(code, id) {
      if (!code.includes('new Worker(') || id.includes('node_modules')) return undefined;
      let out = code;
      for (const [whole, entry] of code.matchAll(call)) {
        const outDir = join(here, 'node_modules/.cache/worker-threads', basename(id, '.ts'));
        await build({
          configFile: false,
          logLevel: 'error',
          build: { ssr: join(dirname(id), `${entry}.ts`), outDir, minify: false, emptyOutDir: false },
        });
        const bundle = pathToFileURL(join(outDir, `${basename(entry ?? '')}.js`));
        out = out.replace(whole, `new URL('${bundle.href}')`);
      }
      return out;
    },
  };
}

export default defineConfig({
  plugins: [workerThreads()],
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
