import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Browser, Locator, Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import type { Now } from '../../runtime/api/contract.js';
import { launchChromium } from '../rigs/chromium.js';
import { buildPage } from './built-page.js';
import { contentNow } from './city-scene.js';
import { type Replies, repliesOf } from './replies.js';
import { lifeNow, now } from './scene.js';
import * as scene from './screens-scene.js';
import { type StandIn, startStandIn } from './stand-in.js';

export const sizes = [
  { width: 1080, height: 1920 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
];

const findCutTexts = readFileSync(new URL('../rigs/cut-texts.mjs', import.meta.url), 'utf8');

const patient = { timeout: 8_000, interval: 50 };

/** A page in a real browser before a stand-in of the runtime; new for each test. */
export interface ScreensRig {
  readonly page: Page;
  readonly shelter: StandIn;
  /** Everything the page complained about. */
  readonly complaints: readonly string[];
  /** Paths that were asked for, with what was sent. */
  readonly asked: readonly { path: string; body: unknown }[];
  /** Has a path be answered otherwise from now on. */
  reply(path: string, answer: (route: Route) => Promise<void>): void;
  /** Opens the page and goes where a control leads. */
  open(control?: string): Promise<void>;
  control(name: string): Locator;
  press(name: string): Promise<void>;
  /** What people see of an element. */
  seen(locator: Locator): Promise<string>;
  /** Waits until an element says so. */
  expectText(locator: Locator, text: string | RegExp): Promise<void>;
  /** Every text that lies partly beyond the element that holds it, or beyond the screen. */
  cutTexts(): Promise<string[]>;
}

/** To be called once in a `describe`. @param current how the shelter stands, `at` being now */
export function screensRig(current: (at: number) => Partial<Now> = () => ({})): ScreensRig {
  let folder: string;
  let browser: Browser;
  let shelter: StandIn;
  let page: Page;
  let complaints: string[];
  let asked: { path: string; body: unknown }[];
  let replies: Replies;

  beforeAll(async () => {
    [folder, browser] = await Promise.all([buildPage(), launchChromium()]);
  });

  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  beforeEach(async () => {
    const at = Date.now();
    shelter = await startStandIn(
      folder,
      now({ time: new Date(at).toISOString(), ...current(at) }),
      lifeNow(),
    );
    shelter.showContent(contentNow(at, { routes: scene.routesNow(at), air: scene.officialAirNow(at) }));
    shelter.showHelp(scene.helpNow());
    complaints = [];
    asked = [];
    replies = repliesOf(at);
    page = await browser.newPage({ viewport: sizes[0] ?? null });
    page.on('console', (message) => {
      if (message.type() !== 'log') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.route('**/api/v1/**', async (route) => {
      const request = route.request();
      const path = new URL(request.url()).pathname.replace('/api/v1/', '');
      const answer = replies[path];
      if (!answer) return route.fallback();
      asked.push({ path, body: request.method() === 'POST' ? request.postDataJSON() : undefined });
      await answer(route);
    });
  });

  afterEach(async () => {
    await page.close();
    await shelter.die();
  });

  const control = (name: string) => page.locator(`[data-control="${name}"]`).first();

  async function press(name: string): Promise<void> {
    if (!(await control(name).isVisible()) && (await control('menu').isVisible()))
      await control('menu').click();
    await control(name).click();
  }

  return {
    get page() {
      return page;
    },
    get shelter() {
      return shelter;
    },
    get complaints() {
      return complaints;
    },
    get asked() {
      return asked;
    },
    reply(path, answer) {
      replies[path] = answer;
    },
    async open(name) {
      await page.goto(shelter.url);
      await page.waitForSelector('.bar');
      if (name !== undefined) await press(name);
    },
    control,
    press,
    seen,
    async expectText(locator, text) {
      await vi.waitFor(async () => expect(await seen(locator)).toMatch(text), patient);
    },
    cutTexts: () => page.evaluate<string[]>(findCutTexts),
  };
}

function seen(locator: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: the text as it is rendered is the point.
  return locator.innerText();
}
