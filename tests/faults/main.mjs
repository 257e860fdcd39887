/** `npm run faults`: everything that may befall a shelter on this side, for minutes. `-- --help` tells the parts. */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importBuilt } from '../setup/run-built.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const { run } = await importBuilt('tests/faults/run.ts');
process.exitCode = await run(root, process.argv.slice(2));
