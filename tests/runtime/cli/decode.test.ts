import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { scratchFolder } from '../../rigs/scratch.js';
import { program, ushelter } from '../../rigs/ushelter.js';

/** The example of the datasheet. */
const report = Uint8Array.of(0xaa, 0xc0, 0xd4, 0x04, 0x3a, 0x0a, 0xa1, 0x60, 0x1d, 0xab);
const hex = 'AA C0 D4 04 3A 0A A1 60 1D AB';
const line = '{"model":"sds011","values":{"pm2_5":123.6,"pm10":261.8}}\n';
const nothingElse = '1 samples, 0 other frames, 0 bad frames, 0 bytes rejected\n';

const folder = scratchFolder();

function fileOf(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function lastLine(text: string): string | undefined {
  return text.trimEnd().split('\n').at(-1);
}

describe.concurrent('ushelter decode', () => {
  it.each([
    ['with spaces', hex],
    ['without', hex.replaceAll(' ', '')],
    ['in small letters', hex.toLowerCase()],
    ['with tabs, blank lines and line ends of Windows', `\t${hex.replaceAll(' ', '\r\n\r\n\t')}\r\n`],
    ['with white space inside the pairs', [...hex].join('\n ')],
  ])('reads hex text %s from standard input', async (_, input) => {
    expect(await ushelter(['decode', 'sds011'], { input })).toEqual({
      code: 0,
      signal: null,
      stdout: line,
      stderr: nothingElse,
    });
  });

  it.each([
    ['a file of hex text', [fileOf('report.txt', hex)]],
    ['a file of raw bytes', ['--binary', fileOf('report.bin', report)]],
    ['raw bytes on standard input', ['--binary'], report],
    ['raw bytes on standard input by its name', ['-', '--binary'], report],
  ])('reads %s', async (_, args, input?: Uint8Array) => {
    const ended = await ushelter(['decode', 'sds011', ...args], input && { input });
    expect(ended).toMatchObject({ code: 0, stdout: line, stderr: nothingElse });
  });

  it('names values after the catalogue', async () => {
    const capture = 'tests/testcases/pms5003/indoors';
    const { code, stdout } = await ushelter(['decode', 'pms5003', `${capture}.hex`]);
    expect(code).toBe(0);
    const values = stdout
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text));
    const { samples } = JSON.parse(readFileSync(`${capture}.expected.json`, 'utf8'));
    expect(values).toEqual(samples.map((sample: object) => ({ model: 'pms5003', values: sample })));
    expect(Object.keys(values[0].values)).toContain('particles_0_3');
  });

  it('finds samples among garbage, and counts in its last line what was none', async () => {
    const wrongSum = 'AAC0D4043A0AA1601EAB';
    const acknowledgement = 'AAC5060101 00A160 09 AB';
    const input = `FFFF ${hex} 00 ${wrongSum} ${acknowledgement} ${hex} AA`;
    const { code, stdout, stderr } = await ushelter(['decode', 'sds011'], { input });
    expect(code).toBe(0);
    expect(stdout).toBe(line + line);
    expect(lastLine(stderr)).toBe('2 samples, 1 other frames, 1 bad frames, 14 bytes rejected');
  });

  it.each([
    ['garbage', 'DE AD BE EF', '0 samples, 0 other frames, 0 bad frames, 4 bytes rejected'],
    ['another maker’s frames', '42 4D 00 1C', '0 samples, 0 other frames, 0 bad frames, 4 bytes rejected'],
    ['nothing', '', '0 samples, 0 other frames, 0 bad frames, 0 bytes rejected'],
  ])('answers %s with exit code 1', async (_, input, counts) => {
    const { code, stdout, stderr } = await ushelter(['decode', 'sds011'], { input });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(lastLine(stderr)).toBe(counts);
  });

  it.each([
    ['AA C0\nD4 0x', 'standard input:2:5: "x" is no hex digit'],
    ['AA C', 'standard input:1:4: the text ends within a byte'],
  ])('says where %j is no hex text', async (input, message) => {
    const { code, stderr } = await ushelter(['decode', 'sds011'], { input });
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).toContain('CAPTURE_UNREADABLE: Give hex text');
  });

  it('counts the samples before a mistake, and says where it is', async () => {
    const { code, stdout, stderr } = await ushelter(['decode', 'sds011'], { input: `${hex} zz ${hex}` });
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('"z" is no hex digit');
    expect(lastLine(stderr)).toMatch(/^1 samples, /);
  });

  it('passes over the byte order mark of another system’s editor', async () => {
    const { code } = await ushelter(['decode', 'sds011'], { input: `\uFEFF${hex}` });
    expect(code).toBe(0);
  });

  it('says that a file is not there', async () => {
    const missing = join(folder, 'missing.txt');
    const { code, stderr } = await ushelter(['decode', 'sds011', missing]);
    expect(code).toBe(1);
    expect(stderr).toBe(
      `${missing}: ENOENT: no such file or directory, open '${missing}'\n` +
        'CAPTURE_UNREADABLE: Check the path and that you may read the file.\n' +
        '0 samples, 0 other frames, 0 bad frames, 0 bytes rejected\n',
    );
  });

  it('bears a reader that has seen enough', async () => {
    const many = fileOf('many.txt', `${hex}\n`.repeat(20_000));
    const script = 'set -o pipefail; "$0" "$1" decode sds011 "$2" | head -n 1';
    const command = ['-c', script, process.execPath, program, many];
    const { stdout, stderr } = await promisify(execFile)('bash', command);
    expect(stdout).toBe(line);
    expect(stderr).toBe('20000 samples, 0 other frames, 0 bad frames, 0 bytes rejected\n');
  });
});
