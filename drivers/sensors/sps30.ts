import { z } from 'zod';
import type { PropertyId } from '../../config/catalogue/properties.js';
import {
  type Channel,
  type Command,
  type Decoded,
  DriverError,
  defineDriver,
  type Frame,
  type Sample,
} from '../contract.js';
import { view } from '../framing/bytes.js';
import { readAnswer, shdlcCommand, shdlcFraming } from '../framing/shdlc.js';
import { rounded } from './numbers.js';

/** Sensirion SPS30: mass and number of particles by their size, and the size most of them have. */

const title = 'Sensirion SPS30';

const commands = {
  start: 0x00,
  stop: 0x01,
  read: 0x03,
  wake: 0x11,
  clean: 0x56,
  status: 0xd2,
} as const;

/** Why a command was not carried out, as its answer says. */
const refusals = { unknownCommand: 0x02, wrongMode: 0x43 } as const;

/** A value of a measurement, in its order. */
interface Value extends Channel {
  property: PropertyId;
  digits: number;
}

const mass = (property: PropertyId): Value => ({ property, range: [0, 1_000], resolution: 0.1, digits: 1 });
const number = (property: PropertyId): Value => ({ property, range: [0, 3_000], resolution: 0.1, digits: 1 });

const values: readonly Value[] = [
  mass('pm1'),
  mass('pm2_5'),
  mass('pm4'),
  mass('pm10'),
  number('particles_to_0_5'),
  number('particles_to_1_0'),
  number('particles_to_2_5'),
  number('particles_to_4_0'),
  number('particles_to_10'),
  { property: 'typical_particle_size', range: [0, 10], resolution: 0.01, digits: 2 },
];

const measurementLength = 4 * values.length;

// A lone FF wakes the interface, and the command behind it the sensor.
const wake: Command = {
  name: 'wake',
  bytes: Uint8Array.of(0xff, ...shdlcCommand(commands.wake)),
  acknowledgedBy: answer(commands.wake, refusals.wrongMode),
};

const stop: Command = {
  name: 'stop measuring',
  bytes: shdlcCommand(commands.stop),
  acknowledgedBy: answer(commands.stop, refusals.wrongMode),
};

// A fan that was blocked counts as broken until its flag is cleared. Firmware before 2.2 does not know how.
const clearFlags: Command = {
  name: 'clear the error flags',
  bytes: shdlcCommand(commands.status, 1),
  acknowledgedBy: answer(commands.status, refusals.unknownCommand),
};

const start: Command = {
  name: 'start measuring',
  bytes: shdlcCommand(commands.start, 0x01, 0x03),
  acknowledgedBy: answer(commands.start),
};

const clean: Command = {
  name: 'clean the fan',
  bytes: shdlcCommand(commands.clean),
  acknowledgedBy: answer(commands.clean),
};

export const sps30 = defineDriver({
  link: 'serial',
  model: 'sps30',
  title,
  datasheet: 'Datasheet SPS30, version 2.0, https://sensirion.com/products/catalog/SPS30',
  options: z.strictObject({}),
  channels: Object.fromEntries(
    values.map(({ property, range, resolution }) => [property, { range, resolution }]),
  ),
  interval: { default: 10_000, least: 2_000 },
  line: { baudRate: 115_200 },
  framing: shdlcFraming(measurementLength),
  decode,
  // It may be measuring in a format that another program chose, so it is stopped first. It is not reset: that would
  // begin the week anew after which it cleans its fan by itself.
  plan: () => ({
    prepare: [wake, stop, clearFlags, start],
    // In clean air 30 s, and the second until the next measurement.
    settling: 31_000,
    request: { name: 'read', bytes: shdlcCommand(commands.read) },
    cleanFan: { command: clean, lasts: 10_000 },
    patience: 5_000,
  }),
});

function decode(frame: Frame): Decoded {
  const answered = readAnswer(frame);
  if (!answered) return { kind: 'other' };
  const { command, isBroken, refusal, data } = answered;
  if (isBroken) {
    throw new DriverError('DEVICE_BROKEN', `${title}: its fan or its laser does not work`, {
      hint: 'Check that nothing blocks the fan and that the supply gives 5 V; else replace the sensor.',
    });
  }
  if (refusal !== 0) {
    throw new DriverError(
      'DEVICE_REFUSED',
      `${title} refused command ${hex(command)}: code ${hex(refusal)}`,
      {
        hint: 'It is prepared anew by itself; where that happens again and again, check its power supply.',
      },
    );
  }
  if (command !== commands.read) return { kind: 'acknowledgement' };
  if (data.length === 0) return { kind: 'unready' };
  return { kind: 'sample', sample: sampleOf(data) };
}

function sampleOf(data: Uint8Array): Sample {
  if (data.length !== measurementLength) {
    throw nonsense(`a measurement has ${data.length} bytes, not ${measurementLength}`);
  }
  const numbers = view(data);
  return Object.fromEntries(
    values.map(({ property, digits }, index) => {
      const value = numbers.getFloat32(4 * index);
      if (!Number.isFinite(value)) throw nonsense(`${property} is ${value}, not a number`);
      return [property, rounded(value, digits)];
    }),
  );
}

function nonsense(what: string): DriverError {
  return new DriverError('DEVICE_NONSENSE', `${title}: ${what}`);
}

/** Knows the answer to a command that was carried out, or refused for a reason that does not matter. */
function answer(command: number, allowed = 0): (frame: Frame) => boolean {
  return (frame) => {
    const answered = readAnswer(frame);
    return answered?.command === command && [0, allowed].includes(answered.refusal);
  };
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
