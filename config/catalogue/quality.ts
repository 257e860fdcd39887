/**
 * Quality flags of a reading, after IOOS QARTOD. A flag says how far to believe a value; it never removes one.
 * How old a value is (fresh or stale) is a matter of time, not of quality.
 */
export const quality = {
  pass: 1,
  notEvaluated: 2,
  suspect: 3,
  fail: 4,
  missing: 9,
} as const;

export type QualityName = keyof typeof quality;
export type Quality = (typeof quality)[QualityName];

const names = new Map<Quality, QualityName>(
  (Object.keys(quality) as QualityName[]).map((name) => [quality[name], name]),
);

/** The name of a flag, as the API and the metrics write it. */
export function qualityName(flag: Quality): QualityName {
  return names.get(flag) ?? 'notEvaluated';
}
