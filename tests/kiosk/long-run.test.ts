import builtPage from 'virtual:built-page';
import { describe, expect, it } from 'vitest';
import { watchLongRun } from '../faults/screen/long-run.js';
import { hasChromium } from '../rigs/chromium.js';

describe.skipIf(!hasChromium())('The page in the long run', { timeout: 120_000 }, () => {
  it('holds no more after many updates and visits than after a few', async () => {
    const { facts, complaints } = await watchLongRun(builtPage, { updates: 1_200, looks: 4 }, () => {});
    expect(facts.filter(({ met }) => met === false)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
