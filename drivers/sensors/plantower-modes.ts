import { z } from 'zod';
import { duration } from '../../config/duration.js';
import type { Command, SerialPlan } from '../contract.js';
import { sum } from '../framing/bytes.js';
import { acknowledgementLength } from './plantower.js';

/** How the particle sensors of Plantower are asked. */

// The longest pause between two reports is 2.3 s.
const patience = 5_000;

// Reading is answered by a data frame, and waking by nothing: the sensor just starts.
const read: Command = { name: 'read', bytes: command(0xe2, 0) };
const wake: Command = { name: 'wake', bytes: command(0xe4, 1) };
const sleep = acknowledged('sleep', 0xe4, 0);
const active = acknowledged('report actively', 0xe1, 1);
const passive = acknowledged('report when asked', 0xe1, 0);

/** For the model that takes no commands: it reports by itself. */
export const reporting = {
  options: z.strictObject({
    mode: z
      .enum(['active'])
      .default('active')
      .describe('active: the sensor reports by itself; this model takes no commands.')
      .meta({ examples: ['active'] }),
  }),
  plan: (): SerialPlan => ({ prepare: [], patience }),
};

const commandedOptions = z.strictObject({
  mode: z
    .enum(['active', 'passive', 'duty'])
    .default('active')
    .describe(
      'active: the sensor reports by itself; passive: it is asked; duty: it sleeps between samples, which spares its laser and fan.',
    )
    .meta({ examples: ['duty'] }),
  warmUp: duration({ least: 1_000, most: 600_000 })
    .prefault('30 s')
    .describe('In duty mode, how long the fan runs before a sample counts.')
    .meta({ examples: ['30 s'] }),
});

/** For the models that take commands. */
export const commanded = {
  options: commandedOptions,
  plan({ mode, warmUp }: z.output<typeof commandedOptions>): SerialPlan {
    const asked = { prepare: [wake, passive], request: read, patience };
    switch (mode) {
      case 'active':
        return { prepare: [wake, active], patience };
      case 'passive':
        return asked;
      case 'duty':
        return { ...asked, rest: { sleep, wake, warmUp } };
    }
  },
};

/** A command that the sensor acknowledges by repeating its two telling bytes. */
function acknowledged(name: string, what: number, value: number): Command {
  return {
    name,
    bytes: command(what, value),
    acknowledgedBy: (frame) =>
      frame.length === acknowledgementLength && frame[4] === what && frame[5] === value,
  };
}

function command(what: number, value: number): Uint8Array {
  const bytes = [0x42, 0x4d, what, 0, value];
  return Uint8Array.of(...bytes, sum(bytes) >> 8, sum(bytes) & 0xff);
}
