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

/**
 * The tests that can doubt a reading, each with its bit where a row keeps them all in one number. A bit is never given
 * to another test: rows outlive programs.
 */
const testBits = {
  'gross-range': 1,
  'rate-of-change': 2,
  spike: 4,
  'flat-line': 8,
  agreement: 16,
  consistency: 32,
  'one-message': 64,
  'warm-up': 128,
} as const;

/** The name of a quality test. */
export type TestId = keyof typeof testBits;

export const testIds = Object.keys(testBits) as readonly TestId[];

/** The tests as one small number; 0 for none. */
export function testsToBits(tests: readonly TestId[]): number {
  return tests.reduce((bits, test) => bits | testBits[test], 0);
}

/** The tests that a number stands for; bits that mean nothing are left out. */
export function testsFromBits(bits: number): TestId[] {
  return testIds.filter((test) => (bits & testBits[test]) !== 0);
}
