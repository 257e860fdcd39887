import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const table = readFileSync(new URL('./FIELD.md', import.meta.url), 'utf8');

/** What fails, the test that shows it, and the file of that, of each line. */
const rows = table
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| What fails |'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, what = '', test = '', file = '']) => ({ what, test, file }));

it('everything that fails in the field has a test, and every test that is named is there', () => {
  expect(rows.length).toBeGreaterThan(30);
  expect(rows[0]?.what).not.toBe('');
  for (const { test, file } of rows) {
    const text = readFileSync(new URL(file, import.meta.url), 'utf8');
    expect(text.includes(`'${test}'`), `${file} has a test '${test}'`).toBe(true);
    // A test that is always skipped shows nothing.
    expect(text).not.toMatch(/\b(it|describe)\.(skip|todo|fails)\(/);
  }
});
