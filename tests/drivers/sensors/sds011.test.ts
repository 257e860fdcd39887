import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFramer } from '../../../drivers/framing/framer.js';
import { sds011 } from '../../../drivers/sensors/sds011.js';
import { encodeSds011Report } from '../../../simulators/models/sds011.js';

const hex = (bytes: Uint8Array | undefined) =>
  Buffer.from(bytes ?? [])
    .toString('hex')
    .toUpperCase();

describe('the SDS011 driver', () => {
  it('reads back every value that two bytes can say', () => {
    for (let tenths = 0; tenths <= 0xffff; tenths++) {
      const report = { pm2_5: tenths / 10, pm10: (0xffff - tenths) / 10 };
      const decoded = sds011.decode(encodeSds011Report(report));
      if (decoded.kind !== 'sample') throw new Error('a report is a sample');
      if (decoded.sample.pm2_5 !== report.pm2_5 || decoded.sample.pm10 !== report.pm10) {
        expect(decoded.sample).toEqual(report);
      }
    }
  });

  it('reads every value in its range back within its resolution', () => {
    const within = (most: number) => fc.double({ min: 0, max: most, noNaN: true });
    fc.assert(
      fc.property(within(999.9), within(1999.9), fc.nat(0xffff), (pm2_5, pm10, id) => {
        const decoded = sds011.decode(encodeSds011Report({ pm2_5, pm10 }, id));
        if (decoded.kind !== 'sample') throw new Error('a report is a sample');
        expect(Math.abs((decoded.sample.pm2_5 ?? Number.NaN) - pm2_5)).toBeLessThanOrEqual(0.0501);
        expect(Math.abs((decoded.sample.pm10 ?? Number.NaN) - pm10)).toBeLessThanOrEqual(0.0501);
      }),
    );
  });

  it('accepts reports of whatever id, and no report with one bit changed', () => {
    const report = encodeSds011Report({ pm2_5: 123.6, pm10: 261.8 }, 0x58d9);
    expect(sds011.framing.valid(report)).toBe(true);
    for (let bit = 0; bit < 8 * report.length; bit++) {
      const damaged = Uint8Array.from(report, (byte, index) =>
        index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte,
      );
      const framer = createFramer(sds011.framing);
      const frames = [...framer.push(damaged), ...framer.finish()];
      expect(frames.filter((frame) => sds011.decode(frame).kind === 'sample')).toEqual([]);
    }
  });

  it('writes its commands as the control protocol does', () => {
    const { prepare, request, rest } = sds011.plan({ mode: 'duty', warmUp: 30_000 });
    expect(prepare.map(({ bytes }) => hex(bytes))).toEqual([
      'AAB406010100000000000000000000FFFF06AB',
      'AAB402010100000000000000000000FFFF02AB',
      'AAB408010000000000000000000000FFFF07AB',
    ]);
    expect(hex(request?.bytes)).toBe('AAB404000000000000000000000000FFFF02AB');
    expect(hex(rest?.sleep.bytes)).toBe('AAB406010000000000000000000000FFFF05AB');
    expect(hex(rest?.wake.bytes)).toBe('AAB406010100000000000000000000FFFF06AB');
  });

  it('wakes the sensor before it tells it anything else, in every mode', () => {
    for (const mode of ['active', 'query', 'duty'] as const) {
      const names = sds011.plan({ mode, warmUp: 1_000 }).prepare.map(({ name }) => name);
      expect(names[0]).toBe('wake');
    }
  });

  it('takes an acknowledgement only for the very command that was given', () => {
    const frame = Uint8Array.from(Buffer.from('AAC506010100A16009AB', 'hex'));
    const { prepare, rest } = sds011.plan({ mode: 'duty', warmUp: 30_000 });
    expect(prepare.map((command) => command.acknowledgedBy?.(frame))).toEqual([true, false, false]);
    expect(rest?.sleep.acknowledgedBy?.(frame)).toBe(false);
    expect(rest?.wake.acknowledgedBy?.(frame)).toBe(true);
  });

  it('reports actively by default, and refuses options it does not know', () => {
    expect(sds011.options.parse({})).toEqual({ mode: 'active', warmUp: 30_000 });
    expect(sds011.options.parse({ mode: 'duty', warmUp: '20 s' })).toEqual({ mode: 'duty', warmUp: 20_000 });
    expect(sds011.options.safeParse({ mode: 'passive' }).success).toBe(false);
    expect(sds011.options.safeParse({ warmup: '20 s' }).success).toBe(false);
  });
});
