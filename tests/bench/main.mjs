/** `npm run bench [-- NAME …]`: measures what was built, by default everything. */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importBuilt } from '../setup/run-built.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const { run } = await importBuilt('tests/bench/run.ts');
process.exitCode = await run(root, process.argv.slice(2));
