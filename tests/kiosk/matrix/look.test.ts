import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../../rigs/chromium.js';
import { measureOf, panels } from './dimensions.js';
import { bundleEyes } from './eyes.js';
import type { CheckId, Finding } from './look/findings.js';

const root = resolve(import.meta.dirname, '../../..');

/** Each page has one thing wrong. */
const faults: readonly { check: CheckId; what: string; html: string; problem: RegExp }[] = [
  {
    check: 'cut',
    what: 'a text that is cut off',
    html: '<p style="width: 100px; overflow: hidden; white-space: nowrap">Cheongnyangni Station</p>',
    problem: /is cut: p "Cheongnyangni Station"/,
  },
  {
    check: 'cut',
    what: 'a text that is longer than its button',
    html: '<button style="width: 90px; min-width: 0">Cheongnyangni</button>',
    problem: /longer than what holds it/,
  },
  {
    check: 'overlaps',
    what: 'two texts in one place',
    html: '<p>one</p><p style="margin-top: -40px">two</p>',
    problem: /overlap: p "one" and p "two"/,
  },
  {
    check: 'overlaps',
    what: 'a text below something else',
    html: '<p>below</p><div style="position: fixed; inset: 0; background: #fff"></div>',
    problem: /is covered by div "": p "below"/,
  },
  {
    check: 'scrolling',
    what: 'a page that is higher than the panel',
    html: '<div style="height: 2000px"></div>',
    problem: /the page is \d+ px high/,
  },
  {
    check: 'targets',
    what: 'a target that is too small',
    html: '<button style="min-height: 40px; height: 40px">go</button>',
    problem: /× 40 px to touch: button "go"/,
  },
  {
    check: 'targets',
    what: 'two targets that are too near',
    html: '<button>one</button><button style="margin-left: 4px">two</button>',
    problem: /only 4.0 px between button "one" and button "two"/,
  },
  {
    check: 'letters',
    what: 'letters that are too small',
    html: '<p style="font-size: 20px">small</p>',
    problem: /letters of 20.0 px: p "small"/,
  },
  {
    check: 'unspoken',
    what: 'a text that is not spoken',
    html: '<p aria-hidden="true">seen and not heard</p>',
    problem: /leaves out “seen and not heard”/,
  },
  {
    check: 'keypad',
    what: 'a control that Tab leaves out',
    html: '<button tabindex="-1">go</button>',
    problem: /Tab leaves out button "go"/,
  },
  {
    check: 'accessibility',
    what: 'a colour that is too pale',
    html: '<p style="color: #aaa; background: #fff">pale</p>',
    problem: /color-contrast/,
  },
];

const frame = (html: string) => `<!doctype html><html lang="en"><title>page</title>
  <style>* { margin: 0; font: 40px/1.2 sans-serif } button { border: 0; min-width: 90px; min-height: 90px }</style>
  <main class="frame"><h1>Stop</h1>${html}</main></html>`;

describe.skipIf(!hasChromium())('What looks at the screens', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
    await page.addInitScript({ content: await bundleEyes(root) });
  });

  afterAll(async () => {
    await browser?.close();
  });

  async function look(html: string): Promise<Finding[]> {
    await page.goto(`data:text/html,${encodeURIComponent(frame(html))}`);
    return page.evaluate<Finding[]>(`matrix.look(${JSON.stringify(measureOf(panels.portrait))})`);
  }

  it('finds nothing where all is well', async () => {
    expect(await look('<p>fine</p>')).toEqual([]);
  });

  it.each(faults)('finds $what', async ({ check, html, problem }) => {
    const found = (await look(html)).filter((finding) => finding.check === check);
    expect(found.map((finding) => finding.problem).join('\n')).toMatch(problem);
  });
});
