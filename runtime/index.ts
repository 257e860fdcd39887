/** The embeddable shelter: `createShelter(site)`, and what loads a site for it. */
export { loadSite, parseSite, SiteError } from './load-site.js';
export type { Reading, ShelterEvent, Stream } from './reading.js';
export { createShelter, type Shelter, type ShelterNews, type ShelterOptions } from './shelter.js';
export { version } from './version.js';
