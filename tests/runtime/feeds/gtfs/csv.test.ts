import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../../../runtime/feeds/gtfs/csv.js';

async function* pieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string, { needed = ['a'], wanted = ['b'], size = 7 } = {}): Promise<string[][]> {
  const rows: string[][] = [];
  await readTable(pieces(text, size), { name: 'x.txt', needed, wanted }, (values) => rows.push([...values]));
  return rows;
}

describe('a table', () => {
  it('is read by the names of its columns, in any order and with any line ends', async () => {
    expect(await read('\uFEFFb,c,a\r\n1,2,3\r\n\r\n4,5,6')).toEqual([
      ['3', '1'],
      ['6', '4'],
    ]);
  });

  it('may have commas, quotes and line breaks within quotes', async () => {
    expect(await read('a,b\n"종로 2가, 남쪽","say ""hi""\nthere"\n"",x\n')).toEqual([
      ['종로 2가, 남쪽', 'say "hi"\nthere'],
      ['', 'x'],
    ]);
  });

  it('has nothing where a value is missing', async () => {
    expect(await read('c,a\n1\n2,3,4\n')).toEqual([
      ['', ''],
      ['3', ''],
    ]);
  });

  it.each([
    ['c\n1\n', 'there is no column a'],
    ['', 'it is empty'],
    [`a\n"${'x'.repeat(200_000)}`, 'a record has no end'],
  ])('that cannot be one says why', async (text, why) => {
    await expect(read(text, { size: 65_536 })).rejects.toMatchObject({
      code: 'TIMETABLE_UNUSABLE',
      message: `x.txt: ${why}.`,
    });
  });

  it('gives back what was written, in whatever pieces it comes', async () => {
    const value = fc.string({ unit: 'grapheme' }).map((text) => text.trim().replaceAll('\r', ''));
    const rows = fc.array(fc.tuple(value, value), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 50 }), async (written, size) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = [['a', 'b'], ...written].map((row) => row.map(quoted).join(',')).join('\n');
        expect(await read(text, { size })).toEqual(written);
      }),
    );
  });

  it('ends with rows or with an error, whatever it is', async () => {
    const text = fc.array(fc.constantFrom('a', 'b', ',', '"', '\n', '\r', ' ', 'é'), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(text, async (characters) => {
        await read(`a,b\n${characters.join('')}`).then(
          (rows) => expect(rows.every((row) => row.length === 2)).toBe(true),
          (error) => expect(error.code).toBe('TIMETABLE_UNUSABLE'),
        );
      }),
    );
  });
});
