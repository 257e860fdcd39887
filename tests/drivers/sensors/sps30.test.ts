import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DriverError } from '../../../drivers/contract.js';
import { createFramer } from '../../../drivers/framing/framer.js';
import { readAnswer } from '../../../drivers/framing/shdlc.js';
import { sps30 } from '../../../drivers/sensors/sps30.js';
import { encodeShdlc } from '../../../simulators/models/shdlc.js';
import { encodeSps30Values, type Sps30Values } from '../../../simulators/models/sps30.js';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hex = (frame: Uint8Array | undefined) =>
  Buffer.from(frame ?? [])
    .toString('hex')
    .toUpperCase();

const plan = sps30.plan({});
const room: Sps30Values = { mass: [1, 2, 3, 4], number: [5, 6, 7, 8, 9], typicalSize: 0.5 };

function framesIn(stream: Uint8Array) {
  const framer = createFramer(sps30.framing);
  return [...framer.push(stream), ...framer.finish()];
}

function failureOf(frame: string): unknown {
  try {
    return sps30.decode(bytes(frame));
  } catch (error) {
    return error instanceof DriverError ? error.code : error;
  }
}

describe('the SPS30 driver', () => {
  it('writes its commands as the datasheet does, with what has to be escaped', () => {
    expect(plan.prepare.map((command) => [command.name, hex(command.bytes)])).toEqual([
      ['wake', 'FF7E007D3100EE7E'],
      ['stop measuring', '7E000100FE7E'],
      ['clear the error flags', '7E00D201012B7E'],
      ['start measuring', '7E0000020103F97E'],
    ]);
    expect(hex(plan.request?.bytes)).toBe('7E000300FC7E');
    expect(hex(plan.cleanFan?.command.bytes)).toBe('7E005600A97E');
  });

  it('reads back within its resolution whatever floats can say', () => {
    const value = fc.double({ min: 0, max: 1_000, noNaN: true });
    const all = fc.tuple(value, value, value, value, value, value, value, value, value);
    fc.assert(
      fc.property(all, ([a, b, c, d, ...number]) => {
        const [frame] = framesIn(encodeSps30Values({ mass: [a, b, c, d], number, typicalSize: 1 }));
        const decoded = sps30.decode(frame ?? expect.fail('there is no frame'));
        if (decoded.kind !== 'sample') throw new Error('a measurement is a sample');
        expect(Math.abs((decoded.sample.pm4 ?? Number.NaN) - c)).toBeLessThanOrEqual(0.0501);
        expect(Math.abs((decoded.sample.particles_to_10 ?? Number.NaN) - number[4])).toBeLessThanOrEqual(
          0.0501,
        );
      }),
    );
  });

  it('takes no measurement with one bit changed', () => {
    const frame = encodeSps30Values(room);
    for (let bit = 0; bit < 8 * frame.length; bit++) {
      const damaged = frame.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect(framesIn(damaged).filter((each) => sps30.decode(each).kind === 'sample')).toEqual([]);
    }
  });

  it('takes the answer to a command that needed not be carried out, but not for the order to clean', () => {
    const [wake, stop, clear, start] = plan.prepare;
    const says = (command: typeof wake, frame: string) => command?.acknowledgedBy?.(bytes(frame));
    expect(says(wake, '7E 00 7D 31 00 00 EE 7E')).toBe(true);
    expect(says(wake, '7E 00 7D 31 43 00 AB 7E')).toBe(true);
    expect(says(stop, '7E 00 01 43 00 BB 7E')).toBe(true);
    expect(says(stop, '7E 00 00 00 00 FF 7E')).toBe(false);
    expect(says(clear, '7E 00 D2 02 00 2B 7E')).toBe(true);
    expect(says(start, '7E 00 00 43 00 BC 7E')).toBe(false);
    expect(says(plan.cleanFan?.command, '7E 00 56 00 00 A9 7E')).toBe(true);
    expect(says(plan.cleanFan?.command, '7E 00 56 80 00 29 7E')).toBe(true);
    expect(says(plan.cleanFan?.command, '7E 00 56 43 00 66 7E')).toBe(false);
  });

  it('tells nothing new from a refusal, a defect and what is no measurement', () => {
    expect(sps30.decode(bytes('7E 00 03 00 00 FC 7E'))).toEqual({ kind: 'unready' });
    expect(failureOf('7E 00 03 43 00 B9 7E')).toBe('DEVICE_REFUSED');
    expect(failureOf('7E 00 03 80 00 7C 7E')).toBe('DEVICE_BROKEN');
    expect(failureOf('7E 00 03 00 01 00 FB 7E')).toBe('DEVICE_NONSENSE');
  });
});

describe('a frame of SHDLC', () => {
  it('is read as the device escaped it, whatever its data', () => {
    const data = fc.uint8Array({ maxLength: 40 });
    fc.assert(
      fc.property(data, fc.nat(0xff), fc.nat(0xff), (said, command, state) => {
        const [frame, ...others] = framesIn(encodeShdlc([0, command, state, said.length, ...said]));
        expect(others).toEqual([]);
        expect(readAnswer(frame ?? new Uint8Array())).toEqual({
          command,
          isBroken: state > 0x7f,
          refusal: state % 0x80,
          data: said,
        });
      }),
    );
  });

  it('is of the device with address 0, of the length that it says, and escaped in one pass', () => {
    expect(readAnswer(encodeShdlc([0, 3, 0, 3, 0x7d, 0x5d, 0x31]))?.data).toEqual(bytes('7D5D31'));
    expect(readAnswer(encodeShdlc([1, 3, 0, 0]))).toBeUndefined();
    expect(readAnswer(encodeShdlc([0, 3, 0, 2, 0]))).toBeUndefined();
    expect(readAnswer(bytes('7E 00 03 00 01 7D 00 FB 7E'))).toBeUndefined();
  });

  it('is given up where it grows longer than any', () => {
    const framer = createFramer(sps30.framing);
    framer.push(Uint8Array.of(0x7e));
    framer.push(new Uint8Array(90));
    expect(framer.counts().rejectedBytes).toBe(0);
    framer.push(new Uint8Array(1));
    expect(framer.counts().rejectedBytes).toBe(92);
  });
});
