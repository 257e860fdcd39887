import { type Cancel, type Clock, every } from '../supervision/clock.js';
import type { Engine, EngineListener, Graphics } from '../supervision/engine.js';
import type { Home } from '../supervision/home.js';
import type { Frame } from '../supervision/invocation.js';
import { lastResortUrl } from '../supervision/last-resort.js';
import { parsePageNews } from '../supervision/page-link.js';
import { mayNavigate } from '../supervision/policies.js';
import { type ChromiumProcess, startChromiumProcess } from './chromium-process.js';
import { chromiumFlags } from './flags.js';
import { attachToPage, type PageSession } from './page-session.js';
import { frameOf } from './pictures.js';
import { processesOf, residentMemory } from './processes.js';

export interface ChromiumParts {
  /** The browser's program. */
  program: string;
  home: Home;
  /** Below it a profile is made anew for each start. */
  folder: string;
  frame: Frame;
  graphics: Graphics;
  platform: 'wayland' | 'x11';
  /** Flags beside those of a kiosk. */
  further: readonly string[];
  clock: Clock;
}

/** Chromium, to be told what to do and to be listened to. */
export interface Chromium {
  engine: Engine;
  listen(listener: EngineListener): void;
  close(): Promise<void>;
}

/** Between two looks at the browser’s processes, in ms. */
const pause = 3_000;

/** The whole page is looked at so wide, in pixels: enough to see whether there is anything on it. */
const glance = 270;

interface Running {
  browser: ChromiumProcess;
  page: PageSession;
}

export function chromiumEngine(parts: ChromiumParts): Chromium {
  const { program, home, folder, frame, platform, further, clock } = parts;
  let graphics = parts.graphics;
  let listener: EngineListener | undefined;
  let running: Promise<Running> | undefined;
  /** There before `running`, and also where that one never comes. */
  let held: ChromiumProcess | undefined;
  let isCrashed = false;
  let isEndedByUs = false;
  let gpu: number | undefined;
  let shown = '';
  /** Whether the page was loaded, so that it can stray. */
  let isLoaded = false;

  async function start(): Promise<Running> {
    isCrashed = false;
    gpu = undefined;
    const browser = await startChromiumProcess({
      ...{ program, folder, clock },
      flagsFor: (profile) => [
        ...chromiumFlags({ home: home.url(), profile, frame, graphics, platform }),
        ...further,
      ],
      onGone,
    });
    held = browser;
    const page = await attachToPage(browser.devtools, {
      onMessage: hear,
      onCrashed: crashed,
      onNavigated: navigated,
    });
    if (frame === 'kiosk') await page.fillScreen().catch(() => {});
    return { browser, page };
  }

  /** Starts the browser where none runs. */
  function run(): Promise<Running> {
    if (running) return running;
    const started = start();
    running = started;
    started.catch(() => {
      if (running === started) running = undefined;
    });
    return started;
  }

  function onGone(): void {
    held = undefined;
    running = undefined;
    listener?.onBrowserGone();
  }

  function crashed(): void {
    const isExpected = isEndedByUs;
    isCrashed = true;
    isEndedByUs = false;
    if (!isExpected) listener?.onRendererGone();
  }

  function navigated(url: string): void {
    shown = url;
    if (!isLoaded || mayNavigate(url, home.url())) return;
    isLoaded = false;
    listener?.onRendererGone();
  }

  function hear(text: string): void {
    if (!mayNavigate(shown, home.url())) return;
    const news = parsePageNews(parseJson(text));
    if (news) listener?.onNews(news);
  }

  async function load(url: string): Promise<boolean> {
    isLoaded = false;
    try {
      const { page } = await run();
      await page.load(url);
      isCrashed = false;
      isLoaded = mayNavigate(url, home.url());
      return true;
    } catch {
      return false;
    }
  }

  /** The browser runs on while its process that draws dies: it starts another, under another number. */
  async function watchGpu(): Promise<void> {
    const current = await running;
    const processes = current && (await processesOf(current.browser.devtools));
    const found = processes?.find(({ type }) => type === 'GPU')?.pid;
    if (gpu !== undefined && processes && found !== gpu) listener?.onGpuGone();
    gpu = found;
  }

  async function end(): Promise<void> {
    const ending = held;
    held = undefined;
    running = undefined;
    await ending?.close();
  }

  const engine: Engine = {
    showHome: () => load(home.url().href),
    async showLastResort() {
      await load(lastResortUrl);
    },
    async renew() {
      const { page } = await run();
      if (!isCrashed) {
        isEndedByUs = true;
        await page.crash();
      }
      return load(home.url().href);
    },
    async relaunch(next) {
      graphics = next;
      await end();
      return load(home.url().href);
    },
    async capture(area) {
      const { page } = await run();
      return frameOf(await page.capture({ format: 'png' }, area ? { area } : { width: glance }));
    },
    async picture(width, quality) {
      const { page } = await run();
      return page.capture({ format: 'jpeg', quality }, { width });
    },
    async memory() {
      const { browser } = await run();
      const renderers = (await processesOf(browser.devtools)).filter(({ type }) => type === 'renderer');
      const sizes = await Promise.all(renderers.map(({ pid }) => residentMemory(pid)));
      return sizes.reduce((most, size) => (size === undefined ? most : Math.max(most ?? 0, size)), undefined);
    },
    tell: (order) => void running?.then(({ page }) => page.call(order)).catch(() => {}),
    fillScreen: () => {
      if (frame === 'kiosk') void running?.then(({ page }) => page.fillScreen()).catch(() => {});
    },
  };

  const stopWatching: Cancel = every(clock, pause, () => watchGpu().catch(() => {}));
  return {
    engine,
    listen(given) {
      listener = given;
    },
    async close() {
      stopWatching();
      await end();
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
