import type { SensorConfig } from '../config/site.js';

/** A value counts as stale after so long, in ms, or after so many intervals, where the site does not say. */
const usual = { least: 180_000, intervals: 3 };

/** Age in ms from which a sensor's values count as stale. @param interval at which it is sampled, in ms */
export function staleAfter(sensor: Pick<SensorConfig, 'staleAfter'>, interval: number): number {
  return sensor.staleAfter ?? Math.max(usual.least, usual.intervals * interval);
}
