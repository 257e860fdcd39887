import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** What each command says to a name that none of its parts has. */
const commands = [
  { command: 'bench', program: 'tests/bench/main.mjs', says: /there is framing, .*, page\./ },
  { command: 'faults', program: 'tests/faults/main.mjs', says: /storm[\s\S]*year-offline[\s\S]*screen/ },
  { command: 'screens', program: 'tests/kiosk/matrix/main.mjs', says: /npm run screens \[-- WORD …\]/ },
];

it.each(commands)('`npm run $command` starts, and names its parts to who asks for another', async (each) => {
  const run = promisify(execFile)(process.execPath, [each.program, 'nonsense'], { cwd: root });
  const ended = await run.catch((error: { code: number; stderr: string }) => error);
  expect(ended).toMatchObject({ code: 2, stderr: expect.stringMatching(each.says) });
});
