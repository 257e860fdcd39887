import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Follows the chapters of CONTRIBUTING.md that have steps to the letter, in a copy of the project. */

const project = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(join(project, 'CONTRIBUTING.md'), 'utf8');

interface Step {
  number: number;
  title: string;
  text: string;
  listings: Listing[];
}

/** A fenced block; one that is for a file names it. */
interface Listing {
  language: string;
  file: string;
  text: string;
}

interface Chapter {
  title: string;
  steps: Step[];
  /** The generated pages that know of what is added, and by which word. */
  generated: { files: string[]; word: string };
  /** The files of those tests that pass at its end. */
  tested: string[];
}

const chapters: readonly Chapter[] = [
  {
    title: 'Add a sensor',
    steps: stepsOf('Add a sensor'),
    generated: { files: ['config/REFERENCE.md', 'config/site.schema.json'], word: 'th10' },
    tested: [
      'house.test.ts',
      'suites/driver-contract.test.ts',
      'suites/serial-frames.test.ts',
      'suites/serial-plans.test.ts',
      'testcases/captures.test.ts',
    ],
  },
  {
    title: 'Add an index',
    steps: stepsOf('Add an index'),
    generated: { files: ['runtime/REFERENCE.md'], word: 'sultriness' },
    tested: ['runtime/indices/indices.test.ts', 'runtime/indices/weather/sultriness.test.ts'],
  },
];

function stepsOf(title: string): Step[] {
  const [, rest = ''] = page.split(`## ${title}\n`);
  const [chapter = ''] = rest.split(/^## /m);
  return chapter
    .split(/^(?=\d+\. )/m)
    .filter((part) => /^\d/.test(part))
    .map((part) => {
      const text = (part.split(/^(?=\S)/m)[0] ?? '').replace(/^ {3}/gm, '');
      return {
        number: Number.parseInt(text, 10),
        title: /\*\*(.+?)\*\*/.exec(text)?.[1] ?? '',
        text: text.replace(/^```.*?^```$/gms, ''),
        listings: [...text.matchAll(/^```(\S+)(?: (\S+))?\n(.*?)^```$/gms)].map(
          ([, language = '', file = '', listing = '']) => ({ language, file, text: listing }),
        ),
      };
    });
}

/** What stands in backticks and looks like a file of the project. */
function filesIn(text: string): string[] {
  return [...text.matchAll(/`((?:[\w.-]+\/)*[\w.-]+\.(?:tsx?|md|json|hex|cjs))`/g)].map(
    ([, file = '']) => file,
  );
}

/** The files that the listings of a chapter make or change. */
function filesOf({ steps }: Chapter): string[] {
  return [...new Set(steps.flatMap(({ listings }) => listings.flatMap(({ file }) => file || [])))];
}

let copy: string;

/** Runs a command in the copy; its exit code, and all that it said. */
async function run(command: string): Promise<{ code: number; said: string }> {
  const env = {
    HOME: process.env.HOME,
    PATH: `${join(project, 'node_modules/.bin')}:${process.env.PATH}`,
    NO_COLOR: '1',
  };
  return promisify(execFile)('sh', ['-c', command], { cwd: copy, env, maxBuffer: 1e8 }).then(
    ({ stdout, stderr }) => ({ code: 0, said: stdout + stderr }),
    ({ code, stdout, stderr }) => ({ code, said: stdout + stderr }),
  );
}

/** The script of a name, without the set-up that it begins with: the copy has its packages. */
function scriptOf(name: string): string {
  const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  return scripts[name].replace('node setup.mjs && ', '');
}

function follow({ language, file, text }: Listing): void {
  const path = join(copy, file);
  if (language === 'diff') {
    writeFileSync(path, patched(readFileSync(path, 'utf8'), text, file));
    return;
  }
  if (existsSync(path)) throw new Error(`CONTRIBUTING.md makes ${file}, which is there already`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** @throws Error where the lines around the new ones are not in the file, or there more than once */
function patched(text: string, diff: string, file: string): string {
  const lines = diff.trimEnd().split('\n');
  const after = lines.map((line) => line.slice(1)).join('\n');
  const before = lines
    .filter((line) => line.startsWith(' '))
    .map((line) => line.slice(1))
    .join('\n');
  const parts = text.split(before);
  if (parts.length !== 2) throw new Error(`CONTRIBUTING.md: these lines are not once in ${file}:\n${before}`);
  return parts.join(after);
}

function filesWithPassedTests(
  results: readonly { name: string; assertionResults: readonly { status: string }[] }[],
): string[] {
  return results
    .filter(({ assertionResults }) => assertionResults.some(({ status }) => status === 'passed'))
    .map(({ name }) => name.split('/tests/')[1] ?? name)
    .sort();
}

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'ushelter-contributing-'));
  const left = ['node_modules', 'dist', 'data', 'artifacts', '.git'].map((name) => join(project, name));
  cpSync(project, copy, { recursive: true, filter: (path) => !left.includes(path) });
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
  for (const { listings } of chapters.flatMap(({ steps }) => steps)) {
    for (const listing of listings) if (listing.file) follow(listing);
  }
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe.each(chapters)('the steps of $title', (chapter) => {
  const { title, steps, tested } = chapter;

  it('are numbered from 1 and say what they do', () => {
    expect(steps.length).toBeGreaterThan(5);
    expect(steps.map(({ number }) => number)).toEqual(steps.map((_, index) => index + 1));
    for (const step of steps) expect(step.title).toMatch(/^[A-Z]/);
  });

  it.each(steps)('name each file that they make or touch, and it is there: $number. $title', (step) => {
    const named = filesIn(step.text);
    for (const { file } of step.listings) if (file) expect(named).toContain(file);
    for (const file of named) expect(existsSync(join(copy, file)), file).toBe(true);
  });

  it.concurrent('list files as the house formats and checks them', async () => {
    const files = filesOf(chapter).filter((file) => !file.endsWith('.hex'));
    const { code, said } = await run(
      `biome check --vcs-enabled=false --error-on-warnings ${files.join(' ')}`,
    );
    expect(code, said).toBe(0);
  });

  it.concurrent('end with tests that pass', async () => {
    const [tests] = steps.flatMap(({ listings }) =>
      listings.filter(({ text }) => text.startsWith('npx vitest')),
    );
    const report = `${title.replaceAll(' ', '-')}.json`;
    const { code, said } = await run(`${tests?.text.trim()} --reporter=json --outputFile=${report}`);
    expect(code, said).toBe(0);
    const { testResults } = JSON.parse(readFileSync(join(copy, report), 'utf8'));
    expect(filesWithPassedTests(testResults)).toEqual(tested);
  }, 60_000);
});

describe('all of these steps', () => {
  it.concurrent('list files with the types that are asked for', async () => {
    const files = chapters.flatMap(filesOf).filter((file) => file.endsWith('.ts'));
    writeFileSync(
      join(copy, 'tsconfig.steps.json'),
      JSON.stringify({ extends: './tsconfig.json', include: [], files: files.map((file) => `./${file}`) }),
    );
    const { code, said } = await run('tsc -p tsconfig.steps.json');
    expect(code, said).toBe(0);
  }, 60_000);

  it.concurrent('give what is added its place in the generated pages', async () => {
    const { code, said } = await run(scriptOf('generate'));
    expect(code, said).toBe(0);
    for (const { files, word } of chapters.map(({ generated }) => generated)) {
      for (const file of files) expect(readFileSync(join(copy, file), 'utf8'), file).toContain(word);
    }
  }, 60_000);
});

describe('the page', () => {
  it('names only files and folders that there are', () => {
    for (const file of filesIn(page)) expect(existsSync(join(copy, file)), file).toBe(true);
  });

  it('names only commands that there are', () => {
    const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
    const named = [...page.matchAll(/(?:^|`)npm (?:run )?([a-z]+)/gm)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(5);
    for (const name of named) expect(Object.keys(scripts)).toContain(name);
  });
});
