import { join } from 'node:path';
import { build, type Rollup } from 'vite';

/**
 * What runs in the page, as one script; it gives `matrix.holdTime`, `matrix.arrive`, `matrix.look` and `matrix.glance` to it.
 *
 * @param root of the project
 */
export async function bundleEyes(root: string): Promise<string> {
  const made = (await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: join(root, 'tests/kiosk/matrix/look/index.ts'), formats: ['iife'], name: 'eyes' },
    },
  })) as Rollup.RollupOutput[];
  const code = made.flatMap(({ output }) => output).find((part) => part.type === 'chunk')?.code;
  if (code === undefined) throw new Error('what runs in the page was not built');
  return code;
}
