import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Clock } from '../../drivers/ports.js';
import { modelledEnvironment, simulateCity } from '../../simulators/index.js';
import { hasChromium, launchChromium } from '../rigs/chromium.js';
import { hastyClock } from '../rigs/hasty-clock.js';
import { keyFile } from '../rigs/key-file.js';
import { mosquitto, startMosquitto } from '../rigs/mosquitto.js';
import { scratchFolder } from '../rigs/scratch.js';
import { openWholeStop, type StopParts } from '../rigs/whole-stop.js';

/** Of stop and city: buses grow old faster than real ones. */
const hasty = hastyClock(4);

const patient = { timeout: 30_000, interval: 100 };

/** Has something done when the test is over, whatever became of it. */
type AtTheEnd = (close: () => Promise<void>) => void;

const waitFor = (check: () => Promise<void>) => vi.waitFor(check, patient);

/** What the field does to a stop, with the real runtime and the real page. The tests wait more than they work. */
describe.skipIf(!hasChromium()).concurrent('The page of a stop in the field', { timeout: 90_000 }, () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(() => browser.close());

  async function openStop(parts: StopParts, atTheEnd: AtTheEnd) {
    const stop = await openWholeStop({ clock: hasty, ...parts });
    atTheEnd(stop.close);
    const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
    atTheEnd(() => page.close());
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() !== 'log') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(stop.url);
    await page.locator('.frame[data-link="live"]').waitFor();
    return { stop, page, complaints, ...lookingAt(page) };
  }

  function lookingAt(page: Page) {
    const readout = (stream: string) => page.locator(`[data-stream="${stream}"]`);
    // biome-ignore lint/performance/useDomNodeTextContent: the text as it is rendered is the point.
    const textOf = (selector: string) => page.locator(selector).first().innerText();
    const standings = () =>
      page.locator('.arrival').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-standing')));

    return {
      readout,
      press: (control: string) => page.locator(`[data-control="${control}"]`).first().click(),
      expectText: (selector: string, text: string | RegExp) =>
        waitFor(async () => expect(await textOf(selector)).toMatch(text)),
      expectState: (stream: string, state: string) =>
        waitFor(async () => expect(await readout(stream).getAttribute('data-state')).toBe(state)),
      expectLive: () => waitFor(async () => expect(await standings()).toContain('live')),
      expectTimetable: () =>
        waitFor(async () => {
          const all = await standings();
          expect(all).toContain('timetable');
          expect(all.filter((standing) => standing === 'live' || standing === 'old')).toEqual([]);
        }),
    };
  }

  /** A city whose predictions can be as old as one likes. */
  async function openCity(atTheEnd: AtTheEnd) {
    let behind = 0;
    const clock: Clock = { ...hasty, now: () => hasty.now() - behind };
    const city = await simulateCity({ environment: modelledEnvironment(1), clock });
    atTheEnd(city.close);
    const folder = join(scratchFolder(), 'gtfs');
    await city.writeTimetable(folder);
    return {
      services: Object.values(city.services),
      fallBehind(ms: number) {
        behind = ms;
      },
      feeds: {
        timetable: { path: folder, stops: ['jongno2'] },
        gtfsRealtime: { url: `${city.url}/gtfs-realtime`, interval: '5 s' },
        airkorea: { station: '종로구', keyFile: keyFile('k'), url: `${city.url}/airkorea` },
      },
    };
  }

  it('booted without a clock has none and counts no bus down, but knows how old its values are', async ({
    onTestFinished,
  }) => {
    const { stop, page, complaints, press, expectText, expectState } = await openStop(
      { synchronised: false },
      onTestFinished,
    );
    await expectText('.arrivals', '운행 정보가 없습니다');
    await press('air');
    await expectState('air/pm2_5', 'fresh');
    expect(await page.locator('.clock, .date').count()).toBe(0);
    await stop.setFault('silent');
    await expectText('[data-stream="air/pm2_5"]', /[3-9]초 전/);
    await stop.setFault(undefined);
    stop.clockSync.become({ synchronised: true, by: 'timesyncd' });
    await expectText('.clock', /^\d\d:\d\d$/);
    await expectState('air/pm2_5', 'fresh');
    expect(complaints).toEqual([]);
  });

  it('shows a value of zero as zero', async ({ onTestFinished }) => {
    const still = modelledEnvironment(1);
    const environment = { at: (time: number) => ({ ...still.at(time), pm1: 0, pm2_5: 0, pm10: 0 }) };
    const { readout, press, expectText, expectState } = await openStop({ environment }, onTestFinished);
    await press('air');
    for (const stream of ['air/pm2_5', 'air/pm10']) {
      await expectState(stream, 'fresh');
      expect(await readout(stream).locator('.value').getAttribute('value')).toBe('0');
      await expectText(`[data-stream="${stream}"] .value`, /^0$/);
    }
  });

  it.for([
    ['answers 200 with nonsense', 'garbage'],
    ['is down', 'unplugged'],
  ] as const)(
    'whose upstream %s says how old its buses are, then the timetable; its sensors go on',
    async ([, fault], { onTestFinished }) => {
      const city = await openCity(onTestFinished);
      const { stop, page, complaints, press, expectText, expectState, expectLive, expectTimetable } =
        await openStop({ site: { feeds: city.feeds } }, onTestFinished);
      await expectLive();
      city.fallBehind(78_000);
      await expectText('.arrival[data-standing="old"] .sure', /\d\d초 전/);
      for (const service of city.services) await service.setFault(fault);
      await expectTimetable();
      const { feeds } = await stop.health();
      expect(feeds.find(({ feed }) => feed === 'gtfs-realtime')?.state).toBe('failing');

      expect(await page.locator('.strip').getAttribute('data-life')).toBe('now');
      expect(await page.locator('.lost').count()).toBe(0);
      await press('air');
      await expectState('air/pm2_5', 'fresh');
      await press('board');

      city.fallBehind(0);
      for (const service of city.services) await service.setFault(undefined);
      await expectLive();
      expect(complaints).toEqual([]);
    },
  );

  it.skipIf(!mosquitto)(
    'goes on without the network, and sends by itself once that is back',
    async ({ onTestFinished }) => {
      const broker = await startMosquitto();
      onTestFinished(broker.close);
      const city = await openCity(onTestFinished);
      const { stop, page, complaints, press, expectState, expectLive, expectTimetable } = await openStop(
        { site: { feeds: city.feeds, uplink: { url: `mqtt://127.0.0.1:${broker.port}` } } },
        onTestFinished,
      );
      const expectConnected = (connected: boolean) =>
        waitFor(async () => expect((await stop.health()).uplink?.connected).toBe(connected));
      await expectLive();
      await expectConnected(true);

      city.fallBehind(85_000);
      await page.locator('.arrival[data-standing="old"]').first().waitFor();
      await broker.kill();
      for (const service of city.services) await service.setFault('silent');
      await expectConnected(false);
      await expectTimetable();
      expect(await page.locator('.clock').count()).toBe(1);
      await press('air');
      await expectState('air/pm2_5', 'fresh');

      await broker.start();
      await expectConnected(true);
      await waitFor(async () => expect((await stop.health()).uplink?.waiting).toBe(0));
      expect(complaints).toEqual([]);
    },
  );
});
