import { rm } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import type { Now } from '../../runtime/api/contract.js';
import { launchChromium } from '../rigs/chromium.js';
import { buildPage } from './built-page.js';
import { contentNow } from './city-scene.js';
import { lifeNow, now } from './scene.js';
import { type StandIn, startStandIn } from './stand-in.js';

export const patient = { timeout: 8_000, interval: 50 };

export const portrait = { width: 1080, height: 1920 };
export const landscape = { width: 1920, height: 1080 };
export const phone = { width: 390, height: 844 };
export const sizes = [portrait, landscape, phone];

/** The built page in a browser, on a shelter that is made anew for each test. */
export interface VisitedPage {
  readonly shelter: StandIn;
  readonly page: Page;
  /** What the browser complained of. */
  readonly complaints: readonly string[];
  /** Whom it asked. */
  readonly requests: readonly string[];
  open(query?: string): Promise<void>;
  /** A control, wherever it is: on a small screen it stands in the menu. */
  press(control: string): Promise<void>;
}

/** What people see of an element; what is hidden does not count. */
export function seen(locator: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: the text as it is rendered is the point.
  return locator.innerText();
}

export async function expectText(locator: Locator, text: string | RegExp): Promise<void> {
  await vi.waitFor(async () => expect(await seen(locator)).toMatch(text), patient);
}

/** The shelter at this moment: the page takes its clock from it. */
export function current(changes: Partial<Now> = {}): Now {
  return now({ time: new Date().toISOString(), ...changes });
}

/** Call it where tests are described. */
export function visitPage(): VisitedPage {
  let folder: string;
  let browser: Browser;
  let shelter: StandIn;
  let page: Page;
  let complaints: string[];
  let requests: string[];

  beforeAll(async () => {
    [folder, browser] = await Promise.all([buildPage(), launchChromium()]);
  });

  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  beforeEach(async () => {
    shelter = await startStandIn(folder, current(), lifeNow());
    shelter.showContent(contentNow(Date.now()));
    page = await browser.newPage({ viewport: { width: 1080, height: 1920 }, hasTouch: true });
    complaints = [];
    requests = [];
    page.on('console', (message) => {
      if (message.type() !== 'log') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => requests.push(request.url()));
  });

  afterEach(async () => {
    await page.close();
    await shelter.die();
  });

  return {
    get shelter() {
      return shelter;
    },
    get page() {
      return page;
    },
    get complaints() {
      return complaints;
    },
    get requests() {
      return requests;
    },
    async open(query = '') {
      await page.goto(shelter.url + query);
      await page.locator('.header').waitFor();
    },
    async press(control) {
      const button = page.locator(`[data-control="${control}"]`).first();
      const menu = page.locator('[data-control="menu"]');
      if (!(await button.isVisible()) && (await menu.isVisible())) await menu.click();
      await button.click();
    },
  };
}
