import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { fontSlices } from './font-slices.js';

const here = new URL('./', import.meta.url);

/** The page: one script and one style sheet, with nothing inlined, so that the content policy can be strict. */
export default defineConfig({
  root: fileURLToPath(here),
  plugins: [fontSlices()],
  build: {
    outDir: fileURLToPath(new URL('../../dist/kiosk/ui/', here)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
  },
});
