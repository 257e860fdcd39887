import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bool, bytes, double, message, readMessage, uint } from '../../../runtime/uplink/codecs/protobuf.js';
import { commands, type Metric, writePayload } from '../../../runtime/uplink/codecs/sparkplug-payload.js';
import { readSparkplug } from './sparkplug-reader.js';

const hex = (given: Uint8Array) => Buffer.from(given).toString('hex');

describe('Protocol Buffers', () => {
  it('writes fields as its documentation shows them', () => {
    expect(hex(uint(1, 150))).toBe('089601');
    expect(hex(bytes(2, 'testing'))).toBe('120774657374696e67');
    expect(hex(bytes(3, uint(1, 150)))).toBe('1a03089601');
    expect(hex(bool(16, true))).toBe('800101');
    expect(hex(double(1, 1))).toBe('09000000000000f03f');
    expect(hex(uint(3, Number.MAX_SAFE_INTEGER))).toBe('18ffffffffffffff0f');
  });

  it.each([-1, 1.5, Number.NaN, 2 ** 53])('refuses to write %d as a whole number', (value) => {
    expect(() => uint(1, value)).toThrow(expect.objectContaining({ code: 'UPLINK_REJECTED' }));
  });

  it('finds the fields it wrote', () => {
    const field = fc.integer({ min: 1, max: 2 ** 29 - 1 });
    const either = fc.oneof(fc.maxSafeNat(), fc.uint8Array({ maxLength: 300 }));
    fc.assert(
      fc.property(fc.array(fc.record({ field, value: either })), (fields) => {
        const written = message(
          fields.map(({ field, value }) =>
            typeof value === 'number' ? uint(field, value) : bytes(field, value),
          ),
        );
        expect(readMessage(written)?.map(({ field, value }) => ({ field, value: plain(value) }))).toEqual(
          fields.map(({ field, value }) => ({ field, value: plain(value) })),
        );
      }),
    );
  });

  it('reads integers below 0 as int32 and int64 have them', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 53n) + 1n, max: 2n ** 53n - 1n }), (value) => {
        const groups: number[] = [];
        let rest = BigInt.asUintN(64, value);
        for (; rest >= 0x80n; rest >>= 7n) groups.push(Number(rest & 0x7fn) | 0x80);
        expect(readMessage(Uint8Array.of(8, ...groups, Number(rest)))).toEqual([
          { field: 1, value: Number(value) },
        ]);
      }),
    );
  });

  it('never throws at bytes from anywhere, and never reads beyond them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (given) => {
        const found = readMessage(given) ?? [];
        const size = found.reduce(
          (sum, { value }) => sum + (typeof value === 'number' ? 1 : value.length),
          0,
        );
        expect(size).toBeLessThanOrEqual(given.length);
        commands(given, '');
      }),
    );
  });
});

describe('the payload of Sparkplug B', () => {
  it('is read again as it was by a reader made from the published schema', () => {
    const base = { name: fc.string(), timestamp: fc.integer({ min: 1, max: 2 ** 50 }) };
    const values = [
      fc.record({ type: fc.constantFrom('Int32', 'Int64', 'UInt64'), value: fc.option(fc.maxSafeNat()) }),
      fc.record({ type: fc.constant('Double'), value: fc.option(fc.double()) }),
      fc.record({ type: fc.constant('Boolean'), value: fc.option(fc.boolean()) }),
      fc.record({ type: fc.constant('String'), value: fc.option(fc.string({ unit: 'binary' })) }),
    ] as const;
    const properties = fc.dictionary(fc.string(), fc.oneof(...values), { maxKeys: 4, noNullPrototype: true });
    const metric = fc
      .tuple(fc.record({ ...base, properties }), fc.oneof(...values))
      .map(([named, valued]) => ({ ...named, ...valued }) as Metric);
    fc.assert(
      fc.property(fc.array(metric), fc.nat(255), (metrics, seq) => {
        const read = readSparkplug(writePayload({ timestamp: 7, seq, metrics }));
        expect(read.seq).toBe(seq);
        expect(read.metrics).toEqual(metrics.map(asRead));
      }),
    );
  });
});

const indexes = { Int32: 3, Int64: 4, UInt64: 8, Double: 10, Boolean: 11, String: 12 };

function asRead({ name, timestamp, type, value, properties = {} }: Metric) {
  const flat = Object.entries(properties).map(([key, { value }]) => [key, value ?? undefined]);
  return {
    name,
    timestamp,
    datatype: indexes[type],
    properties: Object.fromEntries(flat),
    ...(value === null ? { is_null: true } : { value }),
  };
}

function plain(value: number | Uint8Array): number | string {
  return typeof value === 'number' ? value : hex(value);
}
