import { z } from 'zod';
import { qualityName } from '../../../config/catalogue/quality.js';
import type { SensorControl } from '../../ingest/sensor-control.js';
import { isoTime } from '../../view.js';
import { type Command, defineCommand } from './command.js';
import { oneOf } from './one-of.js';

export function sampleNow(sensors: ReadonlyMap<string, Pick<SensorControl, 'sampleNow'>>): Command {
  return defineCommand({
    name: 'sample-now',
    about: 'Takes a sample of a sensor out of turn, and gives its readings.',
    args: z.strictObject({ sensor: z.string().max(63) }),
    async run({ sensor }) {
      const readings = await oneOf(sensors, sensor, 'sampled sensor').sampleNow();
      return {
        result: {
          readings: readings.map(({ stream, value, quality, time }) => ({
            stream: stream.id,
            value,
            unit: stream.unit,
            flag: qualityName(quality),
            time: isoTime(time),
          })),
        },
      };
    },
  });
}
