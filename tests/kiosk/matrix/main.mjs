/** `npm run screens [-- WORD …]`: looks at every screen of the page that was built. `-- --help` tells more. */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importBuilt } from '../../setup/run-built.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const { run } = await importBuilt('tests/kiosk/matrix/run.ts');
process.exitCode = await run(root, process.argv.slice(2));
