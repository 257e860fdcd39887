import { toJsonSchema } from '../../config/json-schema.js';
import type { SensorDriver } from '../../drivers/contract.js';

/** One way to use a sensor: its driver, in one of the modes that its options know. */
export interface Way {
  /** `sds011, duty`. */
  name: string;
  driver: SensorDriver;
  /** As a site file writes them. */
  options: Readonly<Record<string, unknown>>;
  /** How long before a sample it has to be woken, in ms; 0 where it never sleeps. */
  warmUp: number;
  /** How long it settles each time it was opened, in ms; 0 where it need not. */
  settling: number;
  /** Time between two samples, in ms. */
  interval: number;
}

/** Longer than any warm-up, so that a sensor that sleeps has the time to. */
const intervalOfSleepers = 60_000;

/** Every way to use a sensor: one for each of its modes, or the only one. */
export function waysOf(driver: SensorDriver): Way[] {
  const modes = toJsonSchema(driver.options).properties?.mode?.enum;
  if (!modes) return [way(driver, driver.model, {})];
  return modes.map((mode) => way(driver, `${driver.model}, ${mode}`, { mode }));
}

function way(driver: SensorDriver, name: string, options: Way['options']): Way {
  const plan = driver.link === 'serial' ? driver.plan(driver.options.parse(options)) : undefined;
  const warmUp = plan?.rest?.warmUp ?? 0;
  return {
    name,
    driver,
    options,
    warmUp,
    settling: plan?.settling ?? 0,
    interval: warmUp > 0 ? intervalOfSleepers : driver.interval.default,
  };
}
