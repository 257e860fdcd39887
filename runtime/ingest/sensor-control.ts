import { ShelterError } from '../../config/errors.js';
import type { SensorConfig } from '../../config/site.js';
import type { SensorDriver } from '../../drivers/contract.js';
import type { Reading } from '../reading.js';
import type { SensorLink } from './links/link.js';
import type { Adjustable, Pipeline } from './pipeline.js';
import type { Sampler } from './sampler.js';

/** What can be done to a sensor while it works. */
export interface SensorControl {
  /** Interval, calibration and corrections from now on; @returns the interval in ms. */
  retune(config: Pick<SensorConfig, 'interval'> & Adjustable): number;
  /** Takes a sample out of turn. Rejects with a DriverError where none can be had. */
  sampleNow(): Promise<readonly Reading[]>;
  /** Closes its port and opens it again. Rejects with the DriverError that says why it could not be opened. */
  restart(): Promise<void>;
  /** Has it blow its fan clean. Rejects with COMMAND_REFUSED where it cannot, and with a DriverError. */
  cleanFan(): Promise<void>;
}

export interface SensorControlParts {
  driver: SensorDriver;
  link: SensorLink;
  sampler: Sampler;
  pipeline: Pick<Pipeline, 'adjust'>;
  /** At which it is sampled at first, in ms. */
  interval: number;
  /** What its last sample became. */
  newest: () => readonly Reading[];
}

export function sensorControl(parts: SensorControlParts): SensorControl {
  const { driver, link, sampler, pipeline, newest } = parts;
  let { interval } = parts;
  return {
    retune(config) {
      pipeline.adjust(config);
      const next = config.interval ?? driver.interval.default;
      if (next !== interval) sampler.setCadence(next);
      interval = next;
      return next;
    },
    async sampleNow() {
      await sampler.sampleNow();
      return newest();
    },
    restart: sampler.reopen,
    async cleanFan() {
      const clean = link.cleanFan;
      if (!clean) {
        throw new ShelterError('COMMAND_REFUSED', `${driver.title} has no fan that it can blow clean.`);
      }
      await sampler.use(clean);
    },
  };
}
