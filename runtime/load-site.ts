import * as config from '../config/load.js';
import type { Site } from '../config/site.js';
import { sensorModels } from '../drivers/index.js';

export { SiteError } from '../config/load.js';

/** Reads a site file for the drivers there are. Throws a SiteError with every mistake in it, or SITE_UNREADABLE. */
export function loadSite(file: string): Promise<Site> {
  return config.loadSite(file, sensorModels());
}

/** Parses the YAML text of a site for the drivers there are. Throws a SiteError with every mistake in it. */
export function parseSite(text: string, file = 'site.yaml'): Site {
  return config.parseSite(text, { file, models: sensorModels() });
}
