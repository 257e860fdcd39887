import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { modelledEnvironment } from '../../simulators/environment.js';
import type { FaultName } from '../../simulators/faults.js';
import { hasChromium, launchChromium } from '../rigs/chromium.js';
import { hastyClock } from '../rigs/hasty-clock.js';
import { openSimulatedStop, type SimulatedStop } from '../rigs/simulated-stop.js';

/** Some of the known liars in front of the people at a stop: the built page in a browser. The stop is in haste. */

const patient = { timeout: 25_000, interval: 50 };

interface Liar {
  model: string;
  fault: FaultName;
  stream: string;
  /** Which part of what the numbers mean depends on it. */
  meaning: 'air' | 'felt';
  /** What the page says of the value, and what of the meaning. */
  says: RegExp;
  explains: RegExp;
  /** What must stand nowhere. */
  lie: RegExp;
}

const liars: readonly Liar[] = [
  {
    ...{ model: 'sds011', fault: 'out-of-range', stream: 'sds011/pm2_5', meaning: 'air' },
    says: /Faulty[\s\S]*The value is out of range/,
    explains: /No value[\s\S]*PM2\.5: The value is out of range/,
    lie: /999|1,?000|1,?999|2,?000/,
  },
  {
    ...{ model: 'bme280', fault: 'scorching', stream: 'bme280/temperature', meaning: 'felt' },
    says: /Faulty[\s\S]*The value is out of range/,
    explains: /No value[\s\S]*Temperature: The value is out of range/,
    lie: /215/,
  },
];

describe.skipIf(!hasChromium())('The page before liars', () => {
  let stop: SimulatedStop;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const opening = openSimulatedStop({
      models: ['sds011', 'bme280'],
      clock: hastyClock(5),
      environment: modelledEnvironment(2026),
      seed: 1,
      sensor: { interval: '1 s', staleAfter: '3 s' },
    });
    [stop, browser] = await Promise.all([opening, launchChromium()]);
    page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
    await page.goto(stop.url);
    await page.locator('[data-control="air"]').first().click();
  });

  afterAll(async () => {
    await browser.close();
    await stop.close();
  });

  const readoutOf = (stream: string) => page.locator(`[data-stream="${stream}"]`);
  const meaningOf = (meaning: Liar['meaning']) => page.locator(`[data-meaning="${meaning}"]`);

  async function expectText(locator: Locator, text: RegExp): Promise<void> {
    await vi.waitFor(async () => expect(await seen(locator)).toMatch(text), patient);
  }

  async function expectTruth(): Promise<void> {
    for (const { stream, meaning } of liars) {
      await expectText(readoutOf(stream), /\d[\s\S]*Live/);
      await expectText(meaningOf(meaning), /^(?![\s\S]*No value)/);
    }
  }

  it('shows none of their numbers and says why, until they tell the truth again', async () => {
    await expectTruth();
    for (const { model, fault } of liars) await stop.setFault(model, fault);
    for (const { stream, meaning, says, explains } of liars) {
      await expectText(readoutOf(stream), says);
      await expectText(meaningOf(meaning), explains);
    }
    const whole = await seen(page.locator('main'));
    for (const { lie } of liars) expect(whole).not.toMatch(lie);

    for (const { model } of liars) await stop.setFault(model, undefined);
    await expectTruth();
  }, 60_000);
});

/** What people see of an element; what is hidden does not count. */
function seen(locator: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: the text as it is rendered is the point.
  return locator.innerText();
}
