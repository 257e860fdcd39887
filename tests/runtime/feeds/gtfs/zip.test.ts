import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ReadAt, readDirectory, readEntry } from '../../../../runtime/feeds/gtfs/zip.js';
import { zipped } from '../../../rigs/zip.js';

const files = { 'stops.txt': 'stop_id\n1\n', 'big.txt': 'a bus, '.repeat(50_000), 'empty.txt': '' };

const reader =
  (bytes: Uint8Array): ReadAt =>
  async (from, length) =>
    bytes.subarray(from, from + length);

async function unzip(bytes: Uint8Array): Promise<Record<string, string>> {
  const read = reader(bytes);
  const found: Record<string, string> = {};
  for (const [name, entry] of await readDirectory(read, bytes.length)) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of readEntry(read, entry)) chunks.push(chunk);
    found[name] = Buffer.concat(chunks).toString();
  }
  return found;
}

describe('a zip file', () => {
  it.each([
    ['packed', {}],
    ['stored', { stored: true }],
    ['with a comment at its end', { comment: 'PK\x05\x06 is how it ends' }],
  ])('gives back what was put in: %s', async (_, options) => {
    expect(await unzip(zipped(files, options))).toEqual(files);
  });

  it('is told from another file', async () => {
    for (const text of ['', 'stop_id\n1\n', '<html>']) {
      await expect(unzip(Buffer.from(text))).rejects.toThrow('it is no zip file');
    }
  });

  it('that was cut off is no whole one', async () => {
    const whole = zipped(files);
    await expect(unzip(whole.subarray(0, whole.length - 10))).rejects.toThrow();
    await expect(unzip(whole.subarray(100))).rejects.toThrow();
  });

  it('gives no more than it says it holds', async () => {
    const whole = zipped({ 'a.txt': 'x'.repeat(1_000) });
    const directory = whole.lastIndexOf('PK\x01\x02');
    whole.writeUInt32LE(10, directory + 24);
    await expect(unzip(whole)).rejects.toThrow('longer than its directory says');
    whole.writeUInt32LE(2_000, directory + 24);
    await expect(unzip(whole)).rejects.toThrow('shorter than its directory says');
  });

  it('damaged anywhere ends with an Error, or gives what was put in under some name', async () => {
    const whole = zipped(files);
    const texts = new Set(Object.values(files));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, byte) => {
        const damaged = Buffer.from(whole);
        damaged[at] = byte;
        const outcome = await unzip(damaged).catch((error) => error);
        if (outcome instanceof Error) return;
        for (const text of Object.values(outcome)) expect(texts).toContain(text);
      }),
      { numRuns: 300 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await unzip(bytes).catch((error) => expect(error).toBeInstanceOf(Error));
      }),
    );
  });
});
