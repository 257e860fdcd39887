import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CborValue, writeCbor } from '../../../runtime/uplink/codecs/cbor.js';
import { readCbor } from './cbor-reader.js';

const hex = (value: CborValue) => Buffer.from(writeCbor(value)).toString('hex');

describe('CBOR', () => {
  it.each([
    [0, '00'],
    [23, '17'],
    [24, '1818'],
    [100, '1864'],
    [1000, '1903e8'],
    [1_000_000, '1a000f4240'],
    [1_000_000_000_000, '1b000000e8d4a51000'],
    [-1, '20'],
    [-100, '3863'],
    [-1000, '3903e7'],
    [1.1, 'fb3ff199999999999a'],
    [3.4028234663852886e38, 'fa7f7fffff'],
    [-4.1, 'fbc010666666666666'],
    [true, 'f5'],
    [false, 'f4'],
    ['', '60'],
    ['ü', '62c3bc'],
    ['水', '63e6b0b4'],
    [[1, [2, 3], [4, 5]], '8301820203820405'],
  ] as const)('writes %j as RFC 8949 shows it', (value, expected) => {
    expect(hex(value)).toBe(expected);
  });

  it('writes numbers as keys', () => {
    expect(hex(new Map([[-2, 'a']]))).toBe('a1216161');
  });

  it('is read again as it was by a reader that does not know it', () => {
    const key = fc.oneof(fc.string(), fc.integer());
    const { value } = fc.letrec<{ value: CborValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.double({ noNaN: true }).map((number) => number + 0),
        fc.maxSafeInteger(),
        fc.string({ unit: 'binary' }),
        fc.boolean(),
        fc.array(tie('value')),
        fc.array(fc.tuple(key, tie('value'))).map((pairs) => new Map(pairs)),
      ),
    }));
    fc.assert(
      fc.property(value, (given) => {
        expect(readCbor(writeCbor(given))).toEqual(given);
      }),
    );
  });
});
