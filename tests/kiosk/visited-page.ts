import { readFileSync } from 'node:fs';
import builtPage from 'virtual:built-page';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import type { Now } from '../../runtime/api/contract.js';
import { launchChromium } from '../rigs/chromium.js';
import { contentNow } from './city-scene.js';
import { lifeNow, now } from './scene.js';
import * as scene from './screens-scene.js';
import { type StandIn, startStandIn } from './stand-in.js';

export const patient = { timeout: 8_000, interval: 50 };

export const portrait = { width: 1080, height: 1920 };
export const landscape = { width: 1920, height: 1080 };
export const phone = { width: 390, height: 844 };
export const sizes = [portrait, landscape, phone];

const findCutTexts = readFileSync(new URL('../rigs/cut-texts.mjs', import.meta.url), 'utf8');

const hasSettled = `document.fonts.ready.then(() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))))`;

/** The built page in a browser, on a stand-in of a shelter that is made anew for each test. */
export interface VisitedPage {
  readonly shelter: StandIn;
  readonly page: Page;
  /** What the browser complained of. */
  readonly complaints: readonly string[];
  /** Whom it asked. */
  readonly requests: readonly string[];
  /** Takes a page of its own for this test, to which things may be done that stay. */
  takeOwnPage(): Promise<Page>;
  /** @param query of its address, such as `?view=tv` */
  open(query?: string): Promise<void>;
  control(name: string): Locator;
  /** Presses a control, wherever it is: on a small screen it stands in the menu. */
  press(control: string): Promise<void>;
  /** Closes the menu of a small screen, where it is open. */
  closeMenu(): Promise<void>;
  /** Waits until everything has its place. */
  settle(): Promise<void>;
  /** Every text that lies partly beyond the element that holds it, or beyond the screen. */
  cutTexts(): Promise<string[]>;
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

/** Call it where tests are described. They share a page of a browser, as opening one costs more than most of them. */
export function visitPage(): VisitedPage {
  let browser: Browser;
  let shared: Page;
  let page: Page;
  let shelter: StandIn;
  let port = 0;
  let complaints: string[] = [];
  let requests: string[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
    shared = await openPage();
  });

  afterAll(() => browser.close());

  beforeEach(async () => {
    const at = Date.now();
    shelter = await startStandIn(builtPage, current(), lifeNow(), port);
    port = Number(new URL(shelter.url).port);
    shelter.showContent(contentNow(at, { routes: scene.routesNow(at), air: scene.officialAirNow(at) }));
    shelter.showHelp(scene.helpNow());
    [complaints, requests] = [[], []];
    page = shared;
    await page.setViewportSize(portrait);
  });

  afterEach(async () => {
    await (page === shared ? shared.goto('about:blank') : page.context().close());
    await shelter.die();
  });

  async function openPage(): Promise<Page> {
    const opened = await browser.newPage({ viewport: portrait, hasTouch: true });
    opened.on('console', (message) => {
      if (message.type() !== 'log') complaints.push(message.text());
    });
    opened.on('pageerror', (error) => complaints.push(String(error)));
    opened.on('request', (request) => requests.push(request.url()));
    return opened;
  }

  const control = (name: string) => page.locator(`[data-control="${name}"]`).first();

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
    async takeOwnPage() {
      page = await openPage();
      return page;
    },
    async open(query = '') {
      await page.goto(shelter.url + query);
      await page.locator('.frame:has(.bar), .frame[data-link="live"]').waitFor();
    },
    control,
    async press(name) {
      const menu = control('menu');
      if (!(await control(name).isVisible()) && (await menu.isVisible())) await menu.click();
      await control(name).click();
    },
    async closeMenu() {
      const close = page.locator('.bar[data-opened] [data-control="menu"]');
      if (await close.count()) await close.click();
    },
    settle: () => page.evaluate<void>(hasSettled),
    cutTexts: () => page.evaluate<string[]>(findCutTexts),
  };
}
