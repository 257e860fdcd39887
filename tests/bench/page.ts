import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { contentNow } from '../kiosk/city-scene.js';
import { lifeNow, now, streamNow } from '../kiosk/scene.js';
import { type StandIn, startStandIn } from '../kiosk/stand-in.js';
import { launchChromium } from '../rigs/chromium.js';
import { type Bench, type Figure, median } from './bench.js';
import { usageOf } from './processes.js';

const throttle = 6;
const openings = 5;
const updates = 100;
/** In ms. */
const betweenUpdates = 100;
const settling = 5_000;
const idle = 30_000;

/** Shows the last value of the same events, and nothing else. */
const bare = `<!doctype html><meta charset="utf-8"><p id="arrival" class="arrival"></p><script>
  const place = document.getElementById('arrival');
  new EventSource('/api/v1/events').addEventListener('stream', ({ data }) => {
    place.textContent = JSON.parse(data).value;
  });
</script>`;

/** What the screen takes of a browser. */
export const page: Bench = {
  name: 'page',
  about: `The built page in Chromium at 1080 × 1920, without a graphics chip, before a stand-in that tells of eight buses and twelve
values. Its scripting and its start are at ${throttle}× CPU throttle; the start is until the first bus is painted, median of
${openings}. The bare page shows one value of the same events; a blank one shows nothing. Idle: beats alone, ${idle / 1_000} s. All
processes of a browser count, by their share (PSS). kB and MB are thousands and millions of bytes.`,
  async measure(root) {
    const folder = await mkdtemp(join(tmpdir(), 'ushelter-bench-'));
    await cp(join(root, 'dist/kiosk/ui'), folder, { recursive: true });
    await writeFile(join(folder, 'bare.html'), bare);
    await writeFile(join(folder, 'blank.html'), '<!doctype html>');
    const at = Date.now();
    const shelter = await startStandIn(folder, now({ time: new Date(at).toISOString() }), lifeNow());
    shelter.showContent(contentNow(at));
    try {
      return [
        ...(await sizes(root, folder)),
        ...(await speeds(shelter)),
        ...compare(await takings(shelter, ''), await takings(shelter, 'blank.html')),
      ];
    } finally {
      await shelter.die();
      await rm(folder, { recursive: true });
    }
  },
};

async function sizes(root: string, folder: string): Promise<Figure[]> {
  const assets = join(folder, 'assets');
  const files = await readdir(assets);
  const size = async (paths: readonly string[]) =>
    (await Promise.all(paths.map((path) => readFile(path)))).reduce(
      (sum, bytes) => sum + gzipSync(bytes, { level: 9 }).length / 1_000,
      0,
    );
  const of = (pattern: RegExp) =>
    size(files.filter((file) => pattern.test(file)).map((file) => join(assets, file)));
  const modules = [
    'preact/dist/preact.mjs',
    'preact/hooks/dist/hooks.mjs',
    '@preact/signals/dist/signals.mjs',
    '@preact/signals-core/dist/signals-core.mjs',
  ];
  const reference = {
    what: 'Preact with signals',
    value: await size(modules.map((module) => join(root, 'node_modules', module))),
  };
  return [
    { what: 'script, gzipped', value: await of(/^index-.*\.js$/), unit: 'kB', reference, aim: '≤ 60 kB' },
    { what: 'style, gzipped', value: await of(/^index-.*\.css$/), unit: 'kB', reference },
    {
      what: 'all scripts, with what is fetched when needed',
      value: await of(/\.js$/),
      unit: 'kB',
      reference,
    },
  ];
}

async function speeds(shelter: StandIn): Promise<Figure[]> {
  const browser = await launchChromium();
  try {
    const [paints, barePaints] = [
      await paintsOf(browser, shelter.url),
      await paintsOf(browser, `${shelter.url}bare.html`),
    ];
    const own = await scripting(browser, shelter, '');
    const other = await scripting(browser, shelter, 'bare.html');
    return [
      {
        what: 'start to the first bus',
        value: median(paints),
        unit: 'ms',
        reference: { what: 'bare page', value: median(barePaints) },
      },
      {
        what: 'scripting for an update',
        value: own.script,
        unit: 'ms',
        reference: { what: 'bare page', value: other.script },
        aim: '≤ 25 ms',
      },
      {
        what: 'all work of the main thread for an update',
        value: own.task,
        unit: 'ms',
        reference: { what: 'bare page', value: other.task },
      },
    ];
  } finally {
    await browser.close();
  }
}

async function openThrottled(browser: Browser): Promise<{ page: Page; session: CDPSession }> {
  const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  await session.send('Performance.enable');
  return { page, session };
}

/** Runs in the page: notes when the first bus was painted, in ms since its address was asked for. */
const notePaint = `
  globalThis.painted = new Promise((done) => {
    const look = () => {
      if (!document.querySelector('.arrival')) requestAnimationFrame(look);
      else requestAnimationFrame(() => setTimeout(() => done(performance.now())));
    };
    look();
  });
`;

async function paintsOf(browser: Browser, url: string): Promise<number[]> {
  const paints: number[] = [];
  for (let count = 0; count < openings; count++) {
    const { page } = await openThrottled(browser);
    await page.addInitScript({ content: notePaint });
    await page.goto(url);
    paints.push(await page.evaluate<number>('painted'));
    await page.close();
  }
  return paints;
}

/** In ms for one update. */
async function scripting(
  browser: Browser,
  shelter: StandIn,
  path: string,
): Promise<{ script: number; task: number }> {
  const { page, session } = await openThrottled(browser);
  await page.goto(shelter.url + path);
  await page.locator('.arrival').first().waitFor({ state: 'attached' });
  await pause(settling);
  const before = await metricsOf(session);
  for (let count = 0; count < updates; count++) {
    shelter.send('stream', streamNow('air', 'pm2_5', 12 + (count % 20), { age: 0 }));
    await pause(betweenUpdates);
  }
  const after = await metricsOf(session);
  await page.close();
  const each = (name: string) => (((after[name] ?? 0) - (before[name] ?? 0)) * 1_000) / updates;
  return { script: each('ScriptDuration'), task: each('TaskDuration') };
}

async function metricsOf(session: CDPSession): Promise<Record<string, number>> {
  const { metrics } = await session.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

/** What a browser of its own takes with a page at rest. */
interface Takings {
  /** MB. */
  memory: number;
  /** Seconds of a processor in a minute. */
  cpu: number;
}

async function takings(shelter: StandIn, path: string): Promise<Takings> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
    await page.goto(shelter.url + path);
    await pause(settling);
    const session = await browser.newBrowserCDPSession();
    const all = async () => {
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      return Promise.all(processInfo.map(({ id }) => usageOf({ pid: id })));
    };
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    const before = await all();
    await pause(idle);
    const after = await all();
    const cpu = sum(after.map((usage) => usage.cpu)) - sum(before.map((usage) => usage.cpu));
    return { memory: sum(after.map(({ proportional }) => proportional)) / 1e6, cpu: (cpu * 60_000) / idle };
  } finally {
    await browser.close();
  }
}

function compare(own: Takings, blank: Takings): Figure[] {
  return [
    {
      what: 'CPU time in an idle minute',
      value: own.cpu,
      unit: 's',
      reference: { what: 'one processor', value: 60 },
    },
    {
      what: 'the same of a blank page',
      value: blank.cpu,
      unit: 's',
      reference: { what: 'one processor', value: 60 },
    },
    {
      what: 'memory of the browser',
      value: own.memory,
      unit: 'MB',
      reference: { what: 'blank page', value: blank.memory },
    },
  ];
}
