import type { SensorConfig } from '../../config/site.js';
import type { TestDefinition } from './definition.js';
import { qartod } from './qartod.js';

export const staleTest: TestDefinition<'stale'> = {
  id: 'stale',
  title: { en: 'Stale by age', ko: '오래된 값' },
  about:
    'A value that is older than staleAfter is stale. That sets no flag, as a value is no less true of its own time by growing old: but it has no part in indices and advisories of now, and is shown as old, with its age.',
  parameters: {
    staleAfter: {
      unit: 'ms',
      about:
        'The greatest age. Where the site does not say, three intervals of the sensor, and 3 min at least.',
    },
  },
  source: `${qartod}, timing and gap test`,
};

/** A value counts as stale after so long, in ms, or after so many intervals, where the site does not say. */
const usual = { least: 180_000, intervals: 3 };

/** Greatest age, in ms, at which a sensor's values are not stale. @param interval at which it is sampled, in ms */
export function staleAfter(sensor: Pick<SensorConfig, 'staleAfter'>, interval: number): number {
  return sensor.staleAfter ?? Math.max(usual.least, usual.intervals * interval);
}

/** Both in the same unit. An age that is not known is as good as none. */
export function isStale(age: number, greatest: number): boolean {
  return !(age <= greatest);
}
