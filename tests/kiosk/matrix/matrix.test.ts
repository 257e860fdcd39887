import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../../rigs/chromium.js';
import { buildPage } from '../built-page.js';
import { type PanelId, panels } from './dimensions.js';
import { openStage, type Stage } from './stage.js';
import { nameOf, type State, selectedStates } from './states.js';

const root = resolve(import.meta.dirname, '../../..');
const states = selectedStates();

/** Each screen in each language and mode, each language in each mode, and all of these on each panel. */
describe.skipIf(!hasChromium())('Every screen', { timeout: 300_000 }, () => {
  let folder: string;
  let stage: Stage;

  beforeAll(async () => {
    folder = await buildPage();
    stage = await openStage(root, folder);
  });

  afterAll(async () => {
    await stage?.close();
    await rm(folder, { recursive: true });
  });

  async function problemsOf(state: State): Promise<string[]> {
    await stage.show(state);
    return (await stage.look()).map(({ problem }) => `${nameOf(state)}: ${problem}`);
  }

  it.each(Object.keys(panels) as PanelId[])(
    'is whole, reachable, spoken and readable by everybody on the panel %s',
    async (panel) => {
      const problems: string[] = [];
      for (const state of states.filter((each) => each.panel === panel))
        problems.push(...(await problemsOf(state)));
      expect(problems).toEqual([]);
    },
  );
});
