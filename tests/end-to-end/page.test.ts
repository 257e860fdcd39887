import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { hasChromium, launchChromium } from '../rigs/chromium.js';
import { type Demo, startDemo } from '../rigs/demo.js';
import { scratchFolder } from '../rigs/scratch.js';

/** Longer than the 15 s in which the demo's values grow old. */
const patient = { timeout: 25_000, interval: 50 };

/** What people are shown, of all that is measured. */
const shownProperties = ['temperature', 'humidity', 'pressure', 'pm1', 'pm2_5', 'pm10'];

describe.skipIf(!hasChromium())('The page of a running shelter', () => {
  const data = scratchFolder();
  let demo: Demo;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo({ data, port: 0 }), launchChromium()]);
    page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(demo.page);
  });

  // A visit ends a while after the last touch.
  beforeEach(() => page.locator('[data-control="air"]').first().click());

  afterAll(async () => {
    await browser.close();
    await demo.program.end('SIGTERM');
  });

  const readout = (stream: string): Locator => page.locator(`[data-stream="${stream}"]`);

  async function expectState(stream: string, state: string): Promise<void> {
    await vi.waitFor(
      async () => expect(await readout(stream).getAttribute('data-state')).toBe(state),
      patient,
    );
  }

  /** The state and the number of each stream on the page. */
  function shown(): Promise<Record<string, { state: string; value: number }>> {
    return page.evaluate(`Object.fromEntries(
      [...document.querySelectorAll('[data-stream]')].map((one) => {
        const value = one.querySelector('.value')?.getAttribute('value') ?? NaN;
        return [one.dataset.stream, { state: one.dataset.state, value: Number(value) }];
      }),
    )`);
  }

  it('shows of the air and the weather what the API tells, live, with unit, state and age', async () => {
    await vi.waitFor(async () => {
      const { streams } = await demo.now();
      expect(await shown()).toEqual(
        Object.fromEntries(
          streams
            .filter(({ property }) => shownProperties.includes(property))
            .map(({ stream, value }) => [stream, { state: 'fresh', value }]),
        ),
      );
    }, patient);
    // biome-ignore lint/performance/useDomNodeTextContent: the text as it is rendered is the point.
    const text = await readout('outdoor/temperature').innerText();
    expect(text).toMatch(/-?\d+\.\d\s*°C\s+실시간\s*(방금|\d+초 전)/);
  });

  it('marks what an unplugged sensor gave as old, with its age, and nothing else, until it is back', async () => {
    await demo.rig('unplug air');
    await expectState('air/pm2_5', 'stale');
    const { value } = (await demo.now()).streams.find(({ stream }) => stream === 'air/pm2_5') ?? {};
    const states = await shown();
    expect(states['air/pm2_5']).toEqual({ state: 'stale', value });
    expect(states).toMatchObject({
      'air-2/pm2_5': { state: 'fresh' },
      'outdoor/temperature': { state: 'fresh' },
      'bench/humidity': { state: 'fresh' },
    });
    // biome-ignore lint/performance/useDomNodeTextContent: the text as it is rendered is the point.
    expect(await readout('air/pm2_5').innerText()).toMatch(/지난 값\s*\d+초 전/);

    await demo.rig('plug air');
    await expectState('air/pm2_5', 'fresh');
  }, 60_000);

  it('says within 5 s that the runtime was killed, and recovers by itself when it runs again', async () => {
    await demo.program.end('SIGKILL');
    const killed = performance.now();
    await vi.waitFor(async () => expect(await page.getByRole('alert').count()).toBe(1), patient);
    expect(performance.now() - killed).toBeLessThan(5_000);
    expect(new Set(Object.values(await shown()).map(({ state }) => state))).toEqual(new Set(['stale']));

    const { page: address } = demo;
    demo = await startDemo({ data, port: Number(new URL(address).port) });
    expect(demo.page).toBe(address);
    await expectState('bench/temperature', 'fresh');
    await expectState('air/pm2_5', 'fresh');
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(complaints).toEqual([]);
  }, 60_000);
});
