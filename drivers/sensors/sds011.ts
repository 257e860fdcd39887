import { z } from 'zod';
import { duration } from '../../config/duration.js';
import { type Command, defineDriver, type Frame, type SerialPlan } from '../contract.js';
import { sum, view } from '../framing/bytes.js';

/** Nova SDS011: PM2.5 and PM10 in tenths of µg/m³. */

const head = 0xaa;
const tail = 0xab;
const kinds = { report: 0xc0, acknowledgement: 0xc5 } as const;
const length = 10;

const options = z.strictObject({
  mode: z
    .enum(['active', 'query', 'duty'])
    .default('active')
    .describe(
      'active: the sensor reports each second; query: it is asked; duty: it sleeps between samples, which spares its laser.',
    )
    .meta({ examples: ['duty'] }),
  warmUp: duration({ least: 1_000, most: 600_000 })
    .prefault('30 s')
    .describe('In duty mode, how long the fan runs before a sample counts.')
    .meta({ examples: ['30 s'] }),
});

type Options = z.output<typeof options>;

const query: Command = { name: 'query', bytes: command(0x04, 0, 0) };
const sleep = setting('sleep', 0x06, 0);
const wake = setting('wake', 0x06, 1);
const reportActively = setting('report actively', 0x02, 0);
const reportWhenAsked = setting('report when asked', 0x02, 1);
const workContinuously = setting('work continuously', 0x08, 0);

export const sds011 = defineDriver({
  link: 'serial',
  model: 'sds011',
  title: 'Nova SDS011',
  datasheet: 'Laser Dust Sensor Control Protocol V1.3, https://nettigo.pl/attachments/415',
  options,
  channels: {
    pm2_5: { range: [0, 999.9], resolution: 0.1, saturates: true },
    pm10: { range: [0, 1999.9], resolution: 0.1, saturates: true },
  },
  interval: { default: 10_000, least: 1_000 },
  line: { baudRate: 9_600 },
  framing: {
    head: [head],
    needs: 2,
    length: ([, kind]) => (kind === kinds.report || kind === kinds.acknowledgement ? length : undefined),
    valid: (frame) => frame[9] === tail && frame[8] === (sum(frame.subarray(2, 8)) & 0xff),
  },
  decode(frame) {
    if (frame[1] === kinds.acknowledgement) return { kind: 'acknowledgement' };
    return {
      kind: 'sample',
      sample: { pm2_5: view(frame).getUint16(2, true) / 10, pm10: view(frame).getUint16(4, true) / 10 },
    };
  },
  plan,
});

// The sensor remembers mode and period without power, and asleep it hears nothing but the call to wake.
function plan({ mode, warmUp }: Options): SerialPlan {
  const patience = 5_000;
  const asked = { prepare: [wake, reportWhenAsked, workContinuously], request: query, patience };
  switch (mode) {
    case 'active':
      return { prepare: [wake, reportActively, workContinuously], patience };
    case 'query':
      return asked;
    case 'duty':
      return { ...asked, rest: { sleep, wake, warmUp } };
  }
}

/** A command that the sensor acknowledges by repeating it. */
function setting(name: string, what: number, value: number): Command {
  return {
    name,
    bytes: command(what, 1, value),
    acknowledgedBy: (frame: Frame) =>
      frame[1] === kinds.acknowledgement && frame[2] === what && frame[3] === 1 && frame[4] === value,
  };
}

/** A command to whatever sensor listens: the id FFFF stands for any. */
function command(what: number, set: 0 | 1, value: number): Uint8Array {
  const body = [what, set, value, ...new Array<number>(10).fill(0), 0xff, 0xff];
  return Uint8Array.of(head, 0xb4, ...body, sum(body) & 0xff, tail);
}
