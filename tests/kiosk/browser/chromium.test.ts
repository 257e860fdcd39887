import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { chromiumEngine } from '../../../kiosk/browser/chromium-engine.js';
import { type Clock, machineClock } from '../../../kiosk/supervision/clock.js';
import type { Engine } from '../../../kiosk/supervision/engine.js';
import { areSame, isOneColour } from '../../../kiosk/supervision/frames.js';
import type { Home } from '../../../kiosk/supervision/home.js';
import { marker, type PageNews } from '../../../kiosk/supervision/page-link.js';
import { watchPixels } from '../../../kiosk/supervision/pixel-watch.js';
import { chromiumPath, hasChromium } from '../../rigs/chromium.js';
import { hastyClock } from '../../rigs/hasty-clock.js';
import { scratchFolder } from '../../rigs/scratch.js';
import { browserProcesses, buildKeptPage, headless, type PageServer, servePage } from './rig.js';

const patience = { timeout: 15_000, interval: 50 };

/** The time of the page and of whoever watches it runs so many times faster: they stay in step. */
const times = 8;

/** A hasty clock, and how often it was waited on it. */
function countedClock(): { clock: Clock; waits(): number } {
  const clock = hastyClock(times);
  let count = 0;
  return {
    waits: () => count,
    clock: {
      ...clock,
      after(ms, callback) {
        count += 1;
        return clock.after(ms, callback);
      },
    },
  };
}

describe.skipIf(!hasChromium())('Chromium as an engine', () => {
  let server: PageServer;
  const closing: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    server = await servePage(await buildKeptPage());
  });

  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  afterAll(() => server.die());

  function started(clock: Clock = machineClock) {
    const folder = scratchFolder();
    const url = new URL(`?times=${times}`, server.url);
    const home: Home = { url: () => url, hasMoved: async () => false, answers: async () => true };
    const chromium = chromiumEngine({
      program: chromiumPath ?? '',
      home,
      folder,
      frame: 'kiosk',
      graphics: 'gpu',
      platform: 'x11',
      further: headless,
      clock,
    });
    const heard: (PageNews['kind'] | 'renderer gone' | 'gpu gone' | 'browser gone')[] = [];
    chromium.listen({
      onNews: ({ kind }) => heard.push(kind),
      onRendererGone: () => heard.push('renderer gone'),
      onGpuGone: () => heard.push('gpu gone'),
      onBrowserGone: () => heard.push('browser gone'),
    });
    closing.push(chromium.close);
    return { engine: chromium.engine, heard, folder };
  }

  const alive = (heard: readonly string[]) => heard.filter((kind) => kind === 'alive').length;

  /** Until the page says it once more. */
  async function untilAlive(heard: readonly string[]): Promise<void> {
    const before = alive(heard);
    await vi.waitFor(() => expect(alive(heard)).toBeGreaterThan(before), patience);
  }

  /** The page is there, and hears what it is told. */
  async function open(engine: Engine, heard: readonly string[]): Promise<void> {
    expect(await engine.showHome()).toBe(true);
    await untilAlive(heard);
    await vi.waitFor(() => expect(server.listeners).toBe(1), patience);
  }

  const markerOf = (engine: Engine) => engine.capture({ ...marker });

  it('shows the page, hears that it lives, and sees its marker change', async () => {
    const { engine, heard } = started();
    expect(await engine.showHome()).toBe(true);
    await vi.waitFor(() => expect(alive(heard)).toBeGreaterThan(1), patience);
    const first = await markerOf(engine);
    expect(first).toMatchObject({ width: marker.width, height: marker.height });
    await vi.waitFor(async () => expect(areSame(first, await markerOf(engine))).toBe(false), patience);
    expect(isOneColour(await engine.capture(), 8)).toBe(false);
    expect((await engine.memory()) ?? 0).toBeGreaterThan(10e6);
    const jpeg = await engine.picture(360, 50);
    expect([...jpeg.slice(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    expect(jpeg.length).toBeLessThan(60_000);
  });

  /** The renderer that works most: others may wait for pages to come. */
  function rendererOf(folder: string): number {
    const [pid] = browserProcesses(folder, 'renderer').sort((one, other) => memoryOf(other) - memoryOf(one));
    if (pid === undefined) throw new Error('there is no renderer');
    return pid;
  }

  it('loses its renderer, says so, and shows the page again', async () => {
    const { engine, heard, folder } = started();
    await open(engine, heard);
    process.kill(rendererOf(folder), 'SIGKILL');
    await vi.waitFor(() => expect(heard).toContain('renderer gone'), patience);
    expect(await engine.showHome()).toBe(true);
    await untilAlive(heard);
  });

  it('ends a renderer that hangs, and does not call that a loss', async () => {
    const { engine, heard } = started();
    await open(engine, heard);
    server.tell('hang');
    expect(await engine.renew()).toBe(true);
    await untilAlive(heard);
    expect(heard).not.toContain('renderer gone');
  });

  it('says that the process that draws died, and draws on', async () => {
    const { clock, waits } = countedClock();
    const { engine, heard, folder } = started(clock);
    await engine.showHome();
    const before = waits();
    // Between two waits it looked at its processes.
    await vi.waitFor(() => expect(waits()).toBeGreaterThan(before + 1), patience);
    const [gpu] = browserProcesses(folder, 'gpu-process');
    process.kill(gpu ?? 0, 'SIGKILL');
    await vi.waitFor(() => expect(heard).toContain('gpu gone'), patience);
    const drawn = await markerOf(engine);
    await vi.waitFor(async () => expect(areSame(drawn, await markerOf(engine))).toBe(false), patience);
  });

  it('is gone as a whole, says so, and starts again when something is to be shown', async () => {
    const { engine, heard, folder } = started();
    await engine.showHome();
    const [browser] = browserProcesses(folder, 'browser');
    process.kill(browser ?? 0, 'SIGKILL');
    await vi.waitFor(() => expect(heard).toContain('browser gone'), patience);
    await engine.showLastResort();
    expect(browserProcesses(folder, 'browser')).toHaveLength(1);
    expect(isOneColour(await engine.capture(), 8)).toBe(false);
  });

  it('starts again without the graphics chip', async () => {
    const { engine, heard, folder } = started();
    await engine.showHome();
    const before = browserProcesses(folder, 'browser');
    expect(await engine.relaunch('software')).toBe(true);
    const after = browserProcesses(folder, 'browser');
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(before);
    expect(readFileSync(`/proc/${after[0]}/cmdline`, 'utf8')).toContain('--disable-gpu');
    expect(heard).not.toContain('browser gone');
  });

  it('does not show a page that nobody serves', async () => {
    const { engine } = started();
    await server.die();
    expect(await engine.showHome()).toBe(false);
    await server.rise();
    expect(await engine.showHome()).toBe(true);
  });

  it('is seen not to draw what it should, be it always the same or nothing', async () => {
    const { engine, heard } = started();
    const troubles: string[] = [];
    let looks = 0;
    const watch = watchPixels({
      engine: {
        capture(area) {
          looks += 1;
          return engine.capture(area);
        },
      },
      clock: hastyClock(times),
      isDark: () => false,
      onTrouble: (trouble) => troubles.push(trouble),
    });
    closing.push(async () => watch.stop());

    await open(engine, heard);
    watch.start();
    await vi.waitFor(() => expect(looks).toBeGreaterThan(4), patience);
    expect(troubles).toEqual([]);

    server.tell('freeze');
    await vi.waitFor(() => expect(troubles).toEqual(['frozen']), patience);
    await untilAlive(heard);

    await open(engine, heard);
    watch.start();
    server.tell('blank');
    await vi.waitFor(() => expect(troubles).toEqual(['frozen', 'blank']), patience);
    await untilAlive(heard);
  });

  it('leads nowhere: no other place, no window, no permission, no download, no end', async () => {
    const { engine, heard, folder } = started();
    await open(engine, heard);
    const answers = ['open', 'close', 'locate', 'notify', 'reach', 'download'];
    const before = server.told.length;
    for (const misdeed of answers) server.tell(misdeed);
    await vi.waitFor(() => expect(server.told).toHaveLength(before + answers.length), patience);
    expect(server.told.slice(before).sort()).toEqual([
      'close: null',
      'download: undefined',
      'locate: denied 1',
      'notify: denied',
      'open: null',
      'reach: not reached',
    ]);
    server.tell('leave');
    await vi.waitFor(() => expect(heard).toContain('renderer gone'), patience);
    expect(await engine.showHome()).toBe(true);
    await untilAlive(heard);
    expect(readdirSync(folder, { recursive: true, encoding: 'utf8' }).join()).not.toContain('stolen');
  });
});

function memoryOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}
