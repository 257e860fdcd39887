import { expect, it } from 'vitest';
import { writeReference } from '../../runtime/reference.js';

/** `npm run generate` writes this file anew. */
it('the reference page of indices, corrections and quality tests is current', async () => {
  await expect(writeReference()).toMatchFileSnapshot('../../runtime/REFERENCE.md');
});
