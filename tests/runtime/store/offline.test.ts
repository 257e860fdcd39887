import { expect, it } from 'vitest';
import { offline } from '../../rigs/offline.js';
import { temporaryFolder } from './folder.js';

const quota = 2_000_000;

it('keeps within its quota for ten days offline, thins and drops nothing without a word, and drains to the end', () => {
  const report = offline({ folder: temporaryFolder(), days: 10, quota, rounds: 30 });
  console.log(report);
  expect(report.complaints).toEqual([]);
  expect(report.greatestBytes).toBeLessThanOrEqual(quota);
}, 60_000);
