import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quality } from '../../../config/catalogue/quality.js';
import { type PackedRow, readPack, writePack } from '../../../runtime/store/packing.js';

/** Mostly what sensors say, and anything else that a number can be. */
const number = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -400, max: 20_000 }).map((digits) => digits / 10) },
  { weight: 2, arbitrary: fc.integer({ min: -1e12, max: 1e12 }).map((digits) => digits / 1e6) },
  fc.double({ noNaN: true }).map((double) => double + 0),
  fc.constantFrom(Number.MAX_VALUE, Number.MIN_VALUE, Number.POSITIVE_INFINITY, 2 ** 52, -(2 ** 50), 1e21),
);
const value = fc.option(number, { freq: 8 });
const row = fc.record({
  stream: fc.integer({ min: 1, max: 300 }),
  pause: fc.oneof(fc.constant(0), fc.integer({ min: -1e4, max: 1e5 })),
  step: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.integer({ min: -2e12, max: 2e12 })),
  value,
  raw: fc.oneof(fc.constant('same' as const), value),
  quality: fc.constantFrom(...Object.values(quality)),
  making: fc.option(
    fc
      .record({
        doubts: fc.nat(255),
        calibration: fc.nat(3),
        correction: fc.nat(3),
        calibrated: fc.option(number),
      })
      .filter(({ doubts, calibration, correction }) => doubts + calibration + correction > 0),
    { nil: undefined },
  ),
  gap: fc.integer({ min: 1, max: 5_000 }),
  count: fc.integer({ min: 0, max: 100_000 }),
});

type Part = typeof row extends fc.Arbitrary<infer Value> ? Value : never;

/** Rows that may lie in one pack; those of means may have gaps between their seqs. */
function rowsOf(parts: readonly Part[], width: number): PackedRow[] {
  let seq = 1_000_000;
  let monotonic = 5_000;
  let offset = 1_767_225_600_000;
  return parts.map(({ pause, step, gap, making, ...part }) => {
    seq += width > 0 ? gap : 1;
    monotonic += pause;
    offset += step;
    const raw = part.raw === 'same' ? part.value : part.raw;
    return {
      ...part,
      seq,
      monotonic,
      time: monotonic + offset,
      raw,
      count: width > 0 ? part.count : 1,
      ...(making && { making }),
    };
  });
}

const parts = fc.array(row, { minLength: 1, maxLength: 64 });
const width = fc.constantFrom(0, 60_000);

describe('a pack', () => {
  it('gives back every row exactly as it was', () => {
    fc.assert(
      fc.property(parts, width, (given, wide) => {
        const rows = rowsOf(given, wide);
        expect(readPack(writePack(rows, 3, wide))).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });

  it('of which any bit is flipped is refused, and nothing else is thrown or made up', () => {
    fc.assert(
      fc.property(parts, width, fc.nat(), fc.integer({ min: 0, max: 7 }), (given, wide, at, bit) => {
        const pack = writePack(rowsOf(given, wide), 3, wide);
        const index = at % pack.body.length;
        pack.body.writeUInt8(pack.body.readUInt8(index) ^ (1 << bit), index);
        expect(() => readPack(pack)).toThrow(/damaged/);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['seq', 'boot', 'width', 'count', 'time', 'monotonic'] as const)(
    'with another %s is refused',
    (key) => {
      const pack = writePack(rowsOf(fc.sample(parts, { numRuns: 1, seed: 1 })[0] ?? [], 0), 3, 0);
      expect(() => readPack({ ...pack, [key]: pack[key] + 1 })).toThrow(/damaged/);
    },
  );

  it('is read too where it was sealed without its time, as the first ones were', () => {
    const rows = rowsOf(fc.sample(parts, { numRuns: 1, seed: 2 })[0] ?? [], 0);
    const { body, ...head } = writePack(rows, 3, 0);
    const { seq, boot, width, count, monotonic } = head;
    const content = body.subarray(0, -4);
    const seal = Buffer.alloc(4);
    seal.writeUInt32LE(crc32(content, crc32(`pack ${seq} ${boot} ${width} ${count} ${monotonic}`)));
    expect(readPack({ ...head, body: Buffer.concat([content, seal]) })).toEqual(rows);
  });

  it('of ten streams takes less than four bytes for each further reading', () => {
    const rounds = (count: number) =>
      Array.from({ length: count }, (_, index): PackedRow => {
        const round = Math.floor(index / 10);
        const monotonic = round * 10_000 + ((index % 10) >> 1) * 37 + (index % 3);
        const value = (200 + (index % 10) * 7 + ((round * 13) % 11)) / 10;
        const stream = (index % 10) + 1;
        return {
          seq: index + 1,
          stream,
          time: monotonic,
          monotonic,
          value,
          raw: value,
          quality: 1,
          count: 1,
        };
      });
    const bytes = (count: number) => writePack(rounds(count), 1, 0).body.length;
    expect(bytes(60) - bytes(10)).toBeLessThan(50 * 4);
  });
});
