import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../../rigs/chromium.js';
import { buildPage } from '../built-page.js';
import { openStage } from './stage.js';
import { nameOf, selectedStates } from './states.js';
import { tour } from './tour.js';

const root = resolve(import.meta.dirname, '../../..');

/** Each screen in each language and mode, each language in each mode, and all of these on each panel. */
describe.skipIf(!hasChromium())('Every screen', { timeout: 300_000 }, () => {
  let folder: string;

  beforeAll(async () => {
    folder = await buildPage();
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('is whole, reachable, spoken and readable by everybody on each panel', async () => {
    const failures = await tour(() => openStage(root, folder), selectedStates());
    expect(failures.map(({ state, problem }) => `${nameOf(state)}: ${problem}`)).toEqual([]);
  });
});
