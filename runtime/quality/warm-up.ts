import { type Quality, quality } from '../../config/catalogue/quality.js';
import type { TestDefinition } from './definition.js';

export const warmUpTest: TestDefinition = {
  id: 'warm-up',
  title: { en: 'Warm-up', ko: '예열' },
  about:
    'A value is suspect that a sensor gives before it has warmed up, counted from when its device was there again. A sensor that sleeps between its samples warms up before each one, and gives nothing meanwhile.',
  parameters: { warmUp: { unit: 'ms', about: 'How long the sensor takes.' } },
  source: 'The data sheets: Nova SDS011 and Plantower PMS5003 say that values are stable after 30 s',
};

/** @param runningFor how long the device has been there, in ms; undefined where nobody knows */
export function warmUp(runningFor: number | undefined, takes: number): Quality {
  if (runningFor === undefined || takes === 0) return quality.notEvaluated;
  return runningFor < takes ? quality.suspect : quality.pass;
}
