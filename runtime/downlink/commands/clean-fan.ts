import { z } from 'zod';
import type { SensorControl } from '../../ingest/sensor-control.js';
import { type Command, defineCommand } from './command.js';
import { oneOf } from './one-of.js';

export function cleanFan(sensors: ReadonlyMap<string, Pick<SensorControl, 'cleanFan'>>): Command {
  return defineCommand({
    name: 'clean-fan',
    about: 'Has a particle sensor blow its fan clean.',
    args: z.strictObject({ sensor: z.string().max(63) }),
    async run({ sensor }) {
      await oneOf(sensors, sensor, 'sampled sensor').cleanFan();
      return { result: { sensor, clean: true } };
    },
  });
}
