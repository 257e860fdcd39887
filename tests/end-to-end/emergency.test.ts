import { connectAsync, type MqttClient } from 'mqtt';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hasChromium, launchChromium } from '../rigs/chromium.js';
import { type Claims, claims, signer } from '../rigs/city.js';
import { type Mosquitto, mosquitto, startMosquitto } from '../rigs/mosquitto.js';
import { openWholeStop, type WholeStop } from '../rigs/whole-stop.js';

const patient = { timeout: 15_000, interval: 20 };
const topic = 'city/a/content/emergency';
const city = signer();

const rightNow = () => Date.now() / 1_000;

const alarm = (headline: string, changes: object = {}) => ({
  messages: [
    {
      id: headline,
      severity: 'extreme',
      headline: { ko: headline },
      sender: { ko: '서울특별시' },
      ...changes,
    },
  ],
});

const order = (body: unknown, changes: Partial<Claims> = {}) =>
  city.sign(claims('emergency', body, { iat: rightNow(), ...changes }));

/** Runs in the page: notes each headline of an emergency once it is painted, and when that was. */
const watchHeadlines = `
  globalThis.seen = [];
  const known = new Set();
  new MutationObserver(() => {
    for (const { innerText } of document.querySelectorAll('.take-over h2, .banner .title')) {
      if (known.has(innerText)) continue;
      known.add(innerText);
      requestAnimationFrame(() => setTimeout(() => seen.push({ headline: innerText, at: Date.now() })));
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });
`;

describe.skipIf(!hasChromium() || !mosquitto)('An emergency message', () => {
  let broker: Mosquitto;
  let office: MqttClient;
  let stop: WholeStop;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    broker = await startMosquitto();
    [office, stop, browser] = await Promise.all([
      connectAsync(`mqtt://127.0.0.1:${broker.port}`),
      openWholeStop({
        site: {
          uplink: {
            url: `mqtt://127.0.0.1:${broker.port}`,
            topicPrefix: 'city',
            trustedKeys: [{ name: 'city-1', key: city.trusted.key }],
          },
        },
      }),
      launchChromium(),
    ]);
    page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
    await page.addInitScript(watchHeadlines);
    await page.goto(stop.url);
    await page.locator('.frame[data-link="live"] .arrivals').waitFor();
    await listening();
  });

  afterAll(async () => {
    await browser.close();
    await stop.close();
    await office.endAsync(true);
    await broker.close();
  });

  const listening = () =>
    vi.waitFor(async () => expect((await stop.health()).uplink?.connected).toBe(true), patient);

  const send = (text: string, retain = false) => office.publishAsync(topic, text, { qos: 1, retain });

  const seen = () => page.evaluate<{ headline: string; at: number }[]>('seen');

  const takeOver = () => page.locator('.take-over');

  async function refusals(): Promise<Readonly<Record<string, number | undefined>>> {
    return (await stop.health()).downlink?.refused ?? {};
  }

  it('stands on the screen within a second of when the broker got it', async () => {
    const delays: number[] = [];
    for (const headline of ['하나', '둘', '셋', '넷', '다섯']) {
      const sent = Date.now();
      await send(order(alarm(headline)));
      await vi.waitFor(async () => expect((await seen()).at(-1)?.headline).toBe(headline), patient);
      delays.push(((await seen()).at(-1)?.at ?? Number.POSITIVE_INFINITY) - sent);
    }
    expect(Math.max(...delays), `delays in ms: ${delays.join(', ')}`).toBeLessThan(1_000);
    expect(await takeOver().count()).toBe(1);
    expect(await page.locator('.next-bus').count()).toBe(1);
  });

  it('never shows where nobody signed it, or somebody else did', async () => {
    const before = await refusals();
    const refused = (reason: string) => (before[reason] ?? 0) + 1;
    await send(JSON.stringify(claims('emergency', alarm('아무도'), { iat: rightNow() })));
    await send(signer().sign(claims('emergency', alarm('남이'), { iat: rightNow() })));
    await send(signer('city-2').sign(claims('emergency', alarm('낯선 이'), { iat: rightNow() })));
    await vi.waitFor(
      async () =>
        expect(await refusals()).toMatchObject({
          unsigned: refused('unsigned'),
          'bad-signature': refused('bad-signature'),
        }),
      patient,
    );
    await send(order(alarm('진짜')));
    await vi.waitFor(async () => expect((await seen()).at(-1)?.headline).toBe('진짜'), patient);
    const headlines = (await seen()).map(({ headline }) => headline);
    expect(headlines.filter((headline) => ['아무도', '남이', '낯선 이'].includes(headline))).toEqual([]);
  });

  it('is there though it is one of 500', async () => {
    const flood = Array.from({ length: 500 }, (_, index) => alarm(`홍수 ${index}`).messages).flat();
    await send(order({ messages: flood }));
    await page.locator('[data-emergency="홍수 499"]').waitFor({ state: 'attached' });
    expect(await page.locator('[data-emergency]').count()).toBe(500);
    expect(await page.locator('.next-bus').count()).toBe(1);
  });

  it('is marked as a drill where it is one', async () => {
    await send(order(alarm('대피 훈련', { status: 'exercise' })));
    await vi.waitFor(async () => expect((await seen()).at(-1)?.headline).toBe('대피 훈련'), patient);
    expect(await takeOver().getAttribute('data-drill')).toBe('true');
    // biome-ignore lint/performance/useDomNodeTextContent: the text as it is rendered is the point.
    expect(await takeOver().innerText()).toMatch(/훈련 상황입니다/);
  });

  it('is there again after a restart, though the broker has forgotten it', async () => {
    await send(order(alarm('침수')));
    await vi.waitFor(async () => expect((await seen()).at(-1)?.headline).toBe('침수'), patient);
    await stop.stop();
    await page.locator('.frame[data-link="lost"]').waitFor();
    // What holds goes on to be shown while the runtime is away.
    expect(await takeOver().count()).toBe(1);
    await broker.kill();
    await stop.start();
    await page.goto(stop.url);
    await page.locator('.frame[data-link="live"] .take-over').waitFor();
    expect((await seen()).map(({ headline }) => headline)).toEqual(['침수']);
    await broker.start();
    await listening();
  });

  it('goes when it expires, and by itself while the runtime is away', async () => {
    const [soon, later] = ['곧 끝남', '나중에 끝남'];
    await send(order(alarm(soon), { exp: rightNow() + 2 }));
    await vi.waitFor(async () => expect((await seen()).at(-1)?.headline).toBe(soon), patient);
    await takeOver().waitFor({ state: 'detached' });
    await page.locator('.frame[data-link="live"] .arrivals').waitFor();

    await send(order(alarm(later), { exp: rightNow() + 5 }));
    await vi.waitFor(async () => expect((await seen()).at(-1)?.headline).toBe(later), patient);
    await stop.stop();
    await page.locator('.frame[data-link="lost"]').waitFor();
    expect(await takeOver().count()).toBe(1);
    await takeOver().waitFor({ state: 'detached' });
    await stop.start();
    await page.locator('.frame[data-link="live"] .arrivals').waitFor();
    expect(await takeOver().count()).toBe(0);
  });
});
