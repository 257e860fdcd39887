import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { ushelter } from './rigs/ushelter.js';

const root = fileURLToPath(new URL('../', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');

const site = `id: readme
name: { en: Stop }
place: { latitude: 37.5, longitude: 127 }
timeZone: Asia/Seoul
languages: [en]
store: { file: readings.db }
api: { port: 0 }
`;

it('the example of embedding runs as it stands', async () => {
  const example = /```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  expect(example.trim().split('\n').filter(Boolean).length).toBeLessThanOrEqual(10);

  // Inside the package, where its own name can be imported.
  mkdirSync(join(root, 'artifacts'), { recursive: true });
  const folder = mkdtempSync(join(root, 'artifacts/readme-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'site.yaml'), site);
  writeFileSync(join(folder, 'example.mjs'), example);

  const program = spawn(process.execPath, ['example.mjs'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void program.kill('SIGKILL'));
  let output = '';
  for await (const chunk of program.stdout) {
    output += chunk;
    if (output.includes('the page is at http://127.0.0.1:')) break;
  }
  expect(output).toContain('the page is at http://127.0.0.1:');
  program.kill('SIGTERM');
  expect(await once(program, 'exit')).toEqual([0, null]);
});

const examples = [...readme.matchAll(/^npx ushelter ((?:index|qc) [^#\n]+?)(?: +# (.+))?$/gm)];

it.each(examples.map(([, command = '', comment = '']) => ({ command, comment })))(
  'the example `ushelter $command` gives an answer, and the one that stands beside it',
  async ({ command, comment }) => {
    const { code, stdout } = await ushelter(command.split(' '));
    expect(code).toBe(0);
    if (comment.startsWith('{')) expect(stdout).toBe(`${comment}\n`);
  },
);

it('has examples of indices and of quality tests', () => {
  expect(new Set(examples.map(([, command]) => command?.split(' ')[0]))).toEqual(new Set(['index', 'qc']));
});

it.each(['README.md', 'CONTRIBUTING.md'])('%s points only to files that exist', (page) => {
  const text = readFileSync(join(root, page), 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path ?? '');
  expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
