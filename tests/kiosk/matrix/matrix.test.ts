import { resolve } from 'node:path';
import builtPage from 'virtual:built-page';
import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../rigs/chromium.js';
import { openStage } from './stage.js';
import { nameOf, selectedStates } from './states.js';
import { tour } from './tour.js';

const root = resolve(import.meta.dirname, '../../..');

/** Each screen in each language and mode, each language in each mode, and all of these on each panel. */
describe.skipIf(!hasChromium())('Every screen', { timeout: 300_000 }, () => {
  it('is whole, reachable, spoken and readable by everybody on each panel', async () => {
    const failures = await tour(() => openStage(root, builtPage), selectedStates());
    expect(failures.map(({ state, problem }) => `${nameOf(state)}: ${problem}`)).toEqual([]);
  });
});
