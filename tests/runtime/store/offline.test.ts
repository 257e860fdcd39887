import { expect, it } from 'vitest';
import { offline } from '../../rigs/offline.js';
import { temporaryFolder } from './folder.js';

/**
 * `npm run faults year-offline` does the same for a year and 64 MB. What is compared to the truth, and complained
 * of, stands in the rig.
 */
it('five days offline are kept within the quota, as readings or as true means, and all is sent in the end', () => {
  const quota = 900_000;
  const report = offline({ folder: temporaryFolder(), days: 5, quota, rounds: 60 });
  expect(report.complaints).toEqual([]);
  expect(report).toMatchObject({ readings: 432_000, dropped: 0, daysInHistory: 5 });
  expect(report.greatestBytes).toBeLessThanOrEqual(quota);
  expect(report.worstMean).toBeLessThan(0.01);
  expect(report.worstDay).toBeLessThan(1e-9);
  expect(report.bytesAfterDrain).toBeLessThan(report.greatestBytes * 0.9);
}, 60_000);

it('where there is not even room for means, the oldest are dropped, and each of them is on record', () => {
  const quota = 250_000;
  const report = offline({ folder: temporaryFolder(), days: 3, quota, rounds: 60 });
  expect(report.complaints).toEqual([]);
  expect(report.dropped).toBeGreaterThan(0);
  expect(report.greatestBytes).toBeLessThanOrEqual(quota);
  expect(report.worstMean).toBeLessThan(0.01);
}, 60_000);
