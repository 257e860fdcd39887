import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSite, parseSite } from '../../../runtime/load-site.js';
import { scratchFolder } from '../../rigs/scratch.js';
import { ushelter } from '../../rigs/ushelter.js';

const demo = 'config/sites/demo.yaml';
const folder = scratchFolder();

/** The demo's site file with a passage replaced; relative to the file, everything is as it was. */
function altered(name: string, passage: string | RegExp, by: string): string {
  const path = join(folder, name);
  writeFileSync(path, readFileSync(demo, 'utf8').replace(passage, by));
  return path;
}

describe.concurrent('ushelter config', () => {
  it('check says what a right file describes', async () => {
    expect(await ushelter(['config', 'check', demo])).toMatchObject({
      code: 0,
      stdout: `${demo}: right: demo, 5 sensors, 1 output\n`,
      stderr: '',
    });
  });

  it('check names every mistake by file, line, column and key, and says what was expected', async () => {
    const file = altered(
      'wrong.yaml',
      /latitude: .*\n {2}longitude: .*/,
      'latitude: 137\n  longitud: 126.9837',
    );
    const { code, stdout, stderr } = await ushelter(['config', 'check', file]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toContain(
      `${file}:9:3: place.latitude: expected a number of at most 90, as in \`latitude: 37.5703\``,
    );
    expect(lines).toContain(`${file}:10:3: place.longitud: unknown key (did you mean "longitude"?)`);
    expect(lines.find((line) => line.includes('place.longitude: is missing'))).toMatch(/:\d+:\d+: /);
    expect(lines.at(-1)).toMatch(/^SITE_INVALID: /);
  });

  it('check says that a file is not there, or is no YAML', async () => {
    const missing = join(folder, 'missing.yaml');
    const broken = altered('broken.yaml', 'id: demo', 'id: [demo');
    const [first, second] = await Promise.all(
      [missing, broken].map((file) => ushelter(['config', 'check', file])),
    );
    expect(first).toMatchObject({ code: 1, stdout: '' });
    expect(first?.stderr).toMatch(`${missing}: there is no such file\nSITE_UNREADABLE: `);
    expect(second).toMatchObject({ code: 1, stdout: '' });
    expect(second?.stderr).toMatch(new RegExp(`^${broken}:\\d+:\\d+: not YAML: `));
  });

  it('print writes a file that means the same, every default filled in', async () => {
    const { code, stdout, stderr } = await ushelter(['config', 'print', demo]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/topicPrefix: ushelter/);
    expect(stdout).toMatch(/debounce: 30 ms/);
    expect(parseSite(stdout)).toEqual(await loadSite(demo));
  });

  it('schema writes the JSON Schema that is kept beside the examples', async () => {
    const { code, stdout, stderr } = await ushelter(['config', 'schema']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual(JSON.parse(readFileSync('config/site.schema.json', 'utf8')));
  });
});
