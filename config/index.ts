/** What a site is: its schema, its catalogue, and how its file is read and written. */
export { type Certification, certifications } from './catalogue/certification.js';
export { type Correction, type CorrectionId, corrections } from './catalogue/corrections.js';
export { type Language, languages } from './catalogue/languages.js';
export {
  isProperty,
  type ObservedProperty,
  type PropertyId,
  properties,
  type Range,
} from './catalogue/properties.js';
export { type Quality, quality, qualityName, type TestId } from './catalogue/quality.js';
export { type UnitId, units } from './catalogue/units.js';
export { errorCodes, ShelterError, type ShelterErrorCode } from './errors.js';
export { siteJsonSchema } from './json-schema.js';
export { loadSite, parseSite, SiteError, type SiteIssue } from './load.js';
export { displayUnits } from './profiles/display-units.js';
export { type ProfileId, profiles } from './profiles/index.js';
export {
  type GradeShown,
  type Group,
  groups,
  type Profile,
  type Scale,
  type Words,
} from './profiles/profile.js';
export type { OutputConfig, SensorConfig, SensorModel, Site, UplinkConfig } from './site.js';
export { writeSite } from './write.js';
