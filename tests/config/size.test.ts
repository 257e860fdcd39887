import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseSize, size, writeSize } from '../../config/size.js';

it('a size is read from its number and its unit', () => {
  expect(parseSize('512 MB')).toBe(512_000_000);
  expect(parseSize('1.5GB')).toBe(1_500_000_000);
  expect(parseSize(' 64 kB ')).toBe(64_000);
});

it('what is no size is none', () => {
  for (const text of ['', '512', 'MB', '-1 MB', '1 mb', '1 MiB', '1e3 MB', '99999999999999 GB']) {
    expect(parseSize(text)).toBeUndefined();
  }
});

it('a size that is written is read as the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), (kilobytes) => {
      expect(parseSize(writeSize(kilobytes * 1_000))).toBe(kilobytes * 1_000);
    }),
  );
});

it('a size beyond its bounds is refused with both of them', () => {
  const result = size({ least: 4_000_000, most: 1_000_000_000 }).safeParse('1 MB');
  expect(result.error?.issues[0]?.message).toBe('a size from 4 MB to 1 GB');
});
