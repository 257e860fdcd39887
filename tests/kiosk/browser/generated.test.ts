import { expect, it } from 'vitest';
import { managedPolicy } from '../../../kiosk/browser/managed-policy.js';

/** `npm run generate` writes this file anew. */
it('the policy that the package installs for Chromium is current', async () => {
  const policy = `${JSON.stringify(managedPolicy, null, 2)}\n`;
  await expect(policy).toMatchFileSnapshot('../../../packaging/chromium/ushelter.json');
});
