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

/** `import folder from 'virtual:built-page'`: the page as it is shipped, built once for all tests of a run. */
function builtPage(): Plugin {
  const id = 'virtual:built-page';
  return {
    name: 'built-page',
    resolveId: (wanted) => (wanted === id ? `\0${id}` : undefined),
    async load(wanted) {
      if (wanted !== `\0${id}`) return undefined;
      const outDir = join(here, 'node_modules/.cache/built-page');
      const configFile = join(here, 'kiosk/ui/vite.config.ts');
      await build({ configFile, logLevel: 'error', build: { outDir } });
      return `export default ${JSON.stringify(outDir)};`;
    },
  };
}

export default defineConfig({
  plugins: [workerThreads(), builtPage()],
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    setupFiles: ['tests/setup/clean-up.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
