import { stringify } from 'yaml';
import { writeDuration } from './duration.js';
import type { Site } from './site.js';

/** Keys whose value is a duration, written with its unit as a site file has it. */
const durations = new Set(['interval', 'staleAfter', 'commitInterval', 'warmUp', 'debounce']);

/** Writes a site as YAML that loads to the same site. */
export function writeSite(site: Site): string {
  const readable = JSON.stringify(site, (key, value) =>
    durations.has(key) && typeof value === 'number' ? writeDuration(value) : value,
  );
  return stringify(JSON.parse(readable));
}
