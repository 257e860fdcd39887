import type { Absence } from '../definition.js';

/** What the Korea Meteorological Administration would announce: 주의보 is an advisory, 경보 a warning. */
export type AdvisoryLevel = 'none' | 'advisory' | 'warning';

export type AdvisoryResult = { level: AdvisoryLevel } | { absent: Absence };

/** What the reference page says of an advisory. */
export interface AdvisoryDefinition {
  id: string;
  title: { en: string; ko: string };
  /** When it is in force. */
  about: string;
  /** Where it was published. */
  source: string;
}

/** The highest of several levels. */
export function highest(...levels: AdvisoryLevel[]): AdvisoryLevel {
  if (levels.includes('warning')) return 'warning';
  return levels.includes('advisory') ? 'advisory' : 'none';
}
