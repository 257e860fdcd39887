import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { measureOf, panels } from './matrix/dimensions.js';
import { bundleEyes } from './matrix/eyes.js';
import type { Finding } from './matrix/look/findings.js';

const eyes = bundleEyes(resolve(import.meta.dirname, '../..'));

/**
 * What is wrong with how the page stands there now: text that is cut, too small, unspoken or overlaps, targets that are
 * too small or too near, and whatever makes a panel scroll.
 */
export async function problemsOf(page: Page, pxPerMm = 4): Promise<string[]> {
  const isPhone = (page.viewportSize()?.width ?? 0) < 768;
  const measure = measureOf(isPhone ? panels.phone : { ...panels.portrait, pxPerMm });
  await page.evaluate(await eyes);
  const found = await page.evaluate<Finding[]>(`matrix.glance(${JSON.stringify(measure)})`);
  return [...new Set(found.map(({ problem }) => problem))];
}
