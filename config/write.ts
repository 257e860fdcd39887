import { stringify } from 'yaml';
import { writeDuration } from './duration.js';
import type { Site } from './site.js';
import { writeSize } from './size.js';

/** Keys whose value is a duration, written with its unit as a site file has it. */
const durations = new Set([
  'interval',
  'staleAfter',
  'commitInterval',
  'keep',
  'warmUp',
  'debounce',
  'suspectFor',
  'failFor',
  'silentAfter',
  'darkAfter',
  'touchDeadAfter',
]);

/** The same for sizes. */
const sizes = new Set(['quota', 'soft', 'hard', 'cache']);

/** Writes a site as YAML that loads to the same site. */
export function writeSite(site: Site): string {
  return stringify(readable(site));
}

/** What such YAML says: durations and sizes have their units. */
export function readable(site: Site): object {
  const text = JSON.stringify(site, (key, value) =>
    typeof value === 'number' ? writeNumber(key, value) : value,
  );
  return JSON.parse(text);
}

function writeNumber(key: string, value: number): string | number {
  if (durations.has(key)) return writeDuration(value);
  return sizes.has(key) ? writeSize(value) : value;
}
