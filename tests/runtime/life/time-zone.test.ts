import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localTime, timeZone } from '../../../runtime/life/time-zone.js';
import { offsetIn, parseZoneFile } from '../../../runtime/life/zone-file.js';

const zoneFiles = '/usr/share/zoneinfo';
const names = Intl.supportedValuesOf('timeZone').filter((name) => existsSync(`${zoneFiles}/${name}`));

/** From when both this machine's files and the formatter are sure of every zone, until their rules end. */
const times = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2037, 0) });

describe('local time', () => {
  it('is that of the place, also across its changes of offset', () => {
    const berlin = timeZone('Europe/Berlin');
    const at = (text: string) => localTime(berlin, Date.parse(text));
    expect(at('2026-03-29T00:59:59Z')).toMatchObject({ month: 3, hour: 1 });
    expect(at('2026-03-29T01:00:00Z')).toMatchObject({ month: 3, hour: 3 });
    expect(at('2026-10-25T00:59:59Z')).toMatchObject({ month: 10, hour: 2 });
    expect(at('2026-10-25T01:00:00Z')).toMatchObject({ month: 10, hour: 2 });
    const seoul = timeZone('Asia/Seoul');
    expect(localTime(seoul, Date.parse('2025-12-31T15:00:00Z'))).toEqual({
      day: Date.UTC(2026, 0, 1) / 86_400_000,
      month: 1,
      hour: 0,
    });
  });

  it.runIf(names.length > 0)('is the same from this machine’s files as from a formatter', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), times, (name, time) => {
        const byFile = timeZone(name).offsetAt(time);
        const byFormatter = timeZone(name, '/nowhere').offsetAt(time);
        expect(byFile, name).toBe(byFormatter);
      }),
      { numRuns: 300 },
    );
  });

  it('is known without such files, and after the last change that they hold', () => {
    expect(timeZone('Asia/Kolkata', '/nowhere').offsetAt(Date.UTC(2026, 0))).toBe(5.5 * 3_600_000);
    expect(timeZone('Europe/Berlin').offsetAt(Date.UTC(2060, 6))).toBe(2 * 3_600_000);
  });
});

/** A zone file of version 2 with one change: one hour ahead from 1000 s on. */
function zoneFile(rule: string): Uint8Array {
  const head = (transitions: number, types: number) => {
    const view = new DataView(new ArrayBuffer(44));
    view.setUint32(0, 0x545a6966);
    view.setUint8(4, 0x32);
    view.setUint32(32, transitions);
    view.setUint32(36, types);
    return Buffer.from(view.buffer);
  };
  const start = Buffer.alloc(8);
  start.writeBigInt64BE(1_000n);
  const [winter, summer] = [0, 3_600].map((offset) => {
    const type = Buffer.alloc(6);
    type.writeInt32BE(offset);
    return type;
  });
  const empty = Buffer.alloc(6);
  const parts = [head(0, 1), empty, head(1, 2), start, Buffer.of(1), winter ?? empty, summer ?? empty];
  return Buffer.concat([...parts, Buffer.from(`\n${rule}\n`)]);
}

describe('a zone file', () => {
  it('tells the offset before and after each change', () => {
    const file = parseZoneFile(zoneFile('CET-1'));
    expect(offsetIn(file, 999_999)).toBe(0);
    expect(offsetIn(file, 1_000_000)).toBe(3_600_000);
  });

  it('does not tell what it leaves to a rule', () => {
    const file = parseZoneFile(zoneFile('CET-1CEST,M3.5.0,M10.5.0/3'));
    expect(offsetIn(file, 999_999)).toBe(0);
    expect(offsetIn(file, 1_000_000)).toBeUndefined();
  });

  it('that is none, or is damaged, is refused with a RangeError and nothing else', () => {
    const real = existsSync(`${zoneFiles}/Asia/Seoul`)
      ? readFileSync(`${zoneFiles}/Asia/Seoul`)
      : zoneFile('X');
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.tuple(fc.nat(real.length - 1), fc.nat(255)).map(([at, byte]) => {
        const damaged = Uint8Array.from(real);
        damaged[at] = byte;
        return damaged;
      }),
      fc.nat(real.length).map((length) => real.subarray(0, length)),
    );
    fc.assert(
      fc.property(bytes, (given) => {
        try {
          parseZoneFile(given);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 500 },
    );
    expect(() => parseZoneFile(new Uint8Array(200))).toThrow(RangeError);
  });
});
