import { z } from 'zod';
import type { SensorControl } from '../../ingest/sensor-control.js';
import { type Command, defineCommand } from './command.js';
import { oneOf } from './one-of.js';

export function restartSensor(sensors: ReadonlyMap<string, Pick<SensorControl, 'restart'>>): Command {
  return defineCommand({
    name: 'restart-sensor',
    about: 'Closes the port of a sensor and opens it again.',
    args: z.strictObject({ sensor: z.string().max(63) }),
    async run({ sensor }) {
      await oneOf(sensors, sensor, 'sampled sensor').restart();
      return { result: { sensor, open: true } };
    },
  });
}
