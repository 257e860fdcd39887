import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeEconomy } from '../../rigs/write-economy.js';

const block = 4_096;

/** The checkout is on a disk; where even that is not so, there is nothing to count. */
const folder = 'node_modules/.cache';

describe.skipIf(!existsSync('/proc/self/io'))(
  'what a commit of ten streams every 10 s writes to the disk',
  () => {
    it('is at most one and a half blocks of 4 KiB', ({ skip }) => {
      const { bytes, commits } = writeEconomy({ folder, seconds: 10, hours: 3 });
      if (bytes === 0) skip('the checkout is on no disk');
      expect(bytes / commits / block).toBeLessThanOrEqual(1.5);
    });

    it('is at most 120 bytes for each reading where commits are a minute apart', ({ skip }) => {
      const { bytes, readings } = writeEconomy({ folder, seconds: 60, hours: 6 });
      if (bytes === 0) skip('the checkout is on no disk');
      expect(bytes / readings).toBeLessThanOrEqual(120);
    });
  },
);
