import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Now } from '../../runtime/api/contract.js';
import { hasChromium, launchChromium } from '../rigs/chromium.js';
import { buildPage } from './built-page.js';
import { lifeNow, lyingLife, now, sensorNow, silent, smogLife, streamNow } from './scene.js';
import { type StandIn, startStandIn } from './stand-in.js';

const sizes = [
  { width: 1080, height: 1920 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
];

/** Whether all fits depends on the fonts; panels have this one. */
const notoCjk = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc';

const patient = { timeout: 8_000, interval: 50 };

/** What people see of an element; what is hidden does not count. */
function seen(locator: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: the text as it is rendered is the point.
  return locator.innerText();
}

/** The shelter at this moment: the page takes its clock from it. */
function current(changes: Partial<Now> = {}): Now {
  return now({ time: new Date().toISOString(), ...changes });
}

describe.skipIf(!hasChromium())('The page', () => {
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
    page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
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

  const stream = (id: string): Locator => page.locator(`[data-stream="${id}"]`);

  async function expectText(locator: Locator, text: string | RegExp): Promise<void> {
    await vi.waitFor(async () => expect(await seen(locator)).toMatch(text), patient);
  }

  async function expectState(id: string, state: string): Promise<void> {
    await vi.waitFor(async () => expect(await stream(id).getAttribute('data-state')).toBe(state), patient);
  }

  it('shows every value with unit, age and state, and asks nobody else', async () => {
    await page.goto(shelter.url);
    await expectText(stream('outdoor/temperature'), /DHT22[\s\S]*3\.4[\s\S]*°C[\s\S]*실시간[\s\S]*\d초 전/);
    await expectText(stream('roof/pressure'), /1013\.2[\s\S]*hPa/);
    const shown = await Promise.all(
      (await page.locator('[data-stream]').all()).map((one) => one.getAttribute('data-stream')),
    );
    expect(shown.sort()).toEqual(
      current()
        .streams.map(({ stream }) => stream)
        .sort(),
    );
    expect(await page.title()).toBe('종로2가');
    expect(requests.filter((url) => !url.startsWith(shelter.url))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('follows each new value', async () => {
    await page.goto(shelter.url);
    await expectText(stream('air/pm10'), '27');
    shelter.send('stream', streamNow('air', 'pm10', 31, { age: 0 }));
    await expectText(stream('air/pm10'), '31');
  });

  it('tells fresh, stale, faulty and missing apart in words, and shows zero as 0', async () => {
    shelter.show(
      current({
        streams: [
          streamNow('outdoor', 'temperature', 3.4, { state: 'stale', age: 240 }),
          streamNow('outdoor', 'humidity', null),
          streamNow('air', 'pm2_5', 12, { state: 'faulty' }),
          streamNow('air2', 'pm2_5', 0),
        ],
        sensors: [sensorNow('air', 'sds011', 'Nova SDS011', silent), sensorNow('air2', 'pms5003', 'PMS5003')],
      }),
    );
    await page.goto(shelter.url);
    await expectText(stream('outdoor/temperature'), /3\.4[\s\S]*지난 값[\s\S]*4분 전/);
    await expectText(stream('outdoor/humidity'), /값 없음[\s\S]*아직 측정하지 않았습니다/);
    await expectText(stream('air/pm2_5'), /고장[\s\S]*센서가 응답하지 않습니다[\s\S]*No valid frame/);
    expect(await seen(stream('air/pm2_5'))).not.toContain('12');
    await expectText(stream('air2/pm2_5'), /^PMS5003\s+0\s*µg\/m³\s+실시간/);
  });

  it('hides a value that is not believed and says why in words, in each language', async () => {
    shelter.show(
      current({
        streams: [
          streamNow('outdoor', 'temperature', 99, { state: 'faulty', flag: 'fail', doubts: ['gross-range'] }),
          streamNow('roof', 'humidity', 88, { state: 'doubtful', flag: 'suspect', doubts: ['agreement'] }),
          streamNow('air2', 'particles_0_3', 77, {
            state: 'doubtful',
            flag: 'suspect',
            doubts: ['flat-line'],
          }),
        ],
      }),
    );
    await page.goto(shelter.url);
    await expectText(stream('outdoor/temperature'), /고장[\s\S]*정상 범위를 벗어난 값입니다/);
    await expectText(stream('roof/humidity'), /확인 필요[\s\S]*센서들의 값이 서로 다릅니다/);
    expect(await seen(page.locator('main'))).not.toMatch(/99|88/);
    await page.getByRole('button', { name: 'English' }).click();
    await expectText(stream('outdoor/temperature'), /Faulty[\s\S]*out of range/);
    await expectText(stream('roof/humidity'), /Doubtful[\s\S]*sensors here disagree/);
    await page.getByRole('button', { name: 'More values' }).click();
    await expectText(stream('air2/particles_0_3'), /77[\s\S]*Doubtful[\s\S]*stuck/);
  });

  it('says what the numbers mean and what to do, and the statement that the law asks for', async () => {
    await page.goto(shelter.url);
    const [air, felt] = [page.locator('[data-meaning="air"]'), page.locator('[data-meaning="felt"]')];
    await expectText(air, /나쁨[\s\S]*장시간 또는 무리한 실외 활동을 줄이세요[\s\S]*지난 1시간 평균/);
    await expectText(felt, /3\.4\s*°C\s+기온\s+체감온도\s+풍속: 이곳에서 측정하지 않습니다\s+\d초 전/);
    await expectText(page.locator('.statement'), /간이측정기[\s\S]*성능인증 등급: 1등급, 없음/);
    await page.getByRole('button', { name: 'English' }).click();
    await expectText(air, /Bad[\s\S]*Cut long or hard exercise outdoors short[\s\S]*mean of the last hour/);
    await expectText(page.locator('.statement'), /simple particle meter/);
    shelter.showLife(smogLife());
    await expectText(felt, /38\.1\s*°C\s+Feels like\s+Heat: danger\s+Do not go out/);
    await expectText(
      page.locator('[data-alert="warning"]'),
      /Fine dust warning · PM2\.5, PM10[\s\S]*Avoid activity outdoors/,
    );
    shelter.hang();
    await expectText(air, /Old/);
    expect(complaints).toEqual([]);
  });

  it('says why it cannot tell what the numbers mean', async () => {
    shelter.showLife(lyingLife());
    await page.goto(shelter.url);
    await expectText(
      page.locator('[data-meaning="air"]'),
      /값 없음[\s\S]*PM2\.5: 센서가 같은 값에 멈춰 있습니다/,
    );
    await expectText(
      page.locator('[data-meaning="felt"]'),
      /값 없음[\s\S]*기온: 정상 범위를 벗어난 값입니다/,
    );
  });

  it('lets a value grow old by itself when nothing follows', async () => {
    const old = streamNow('air', 'pm10', 27, { age: 1, staleAfter: 3 });
    shelter.show(current({ streams: [old] }));
    await page.goto(shelter.url);
    await expectState('air/pm10', 'fresh');
    await expectState('air/pm10', 'stale');
  });

  it('says within 5 s that the runtime is gone, hides the clock, and recovers by itself', async () => {
    await page.goto(shelter.url);
    await expectState('air/pm10', 'fresh');
    expect(await seen(page.locator('.clock'))).toMatch(/^\d\d:\d\d$/);

    const died = performance.now();
    await shelter.die();
    await expectText(page.getByRole('alert'), /데이터 없음 – 연결되지 않음\s+마지막 수신 \d\d:\d\d/);
    expect(performance.now() - died).toBeLessThan(5_000);
    await expectState('air/pm10', 'stale');
    expect(await page.locator('.clock').count()).toBe(0);

    await shelter.rise();
    await expectState('air/pm10', 'fresh');
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await page.locator('.clock').count()).toBe(1);
  });

  it('says within 5 s that the runtime hangs', async () => {
    await page.goto(shelter.url);
    await expectState('air/pm10', 'fresh');
    const hung = performance.now();
    shelter.hang();
    await expectText(page.getByRole('alert'), '데이터 없음');
    expect(performance.now() - hung).toBeLessThan(5_000);
  });

  it('says so when it never reached the runtime', async () => {
    shelter.hang();
    await page.goto(shelter.url);
    await expectText(page.getByRole('alert'), /데이터 없음|No data/);
  });

  it('stays up when the runtime talks nonsense', async () => {
    await page.goto(shelter.url);
    await expectState('air/pm10', 'fresh');
    shelter.send('stream', { ...streamNow('air', 'pm10', 1), digits: 999 });
    await vi.waitFor(async () => expect(await page.getByRole('alert').count()).toBe(1), patient);
    await expectState('air/pm10', 'fresh');
    expect(complaints).toEqual([]);
  });

  it('speaks the site’s language, and another one at a touch', async () => {
    await page.goto(shelter.url);
    await expectText(page.getByRole('heading', { level: 1 }), '종로2가');
    expect(await page.locator('html').getAttribute('lang')).toBe('ko');
    await page.getByRole('button', { name: 'English' }).click();
    await expectText(page.getByRole('heading', { level: 1 }), 'Jongno 2-ga');
    await expectText(stream('outdoor/temperature'), /Live[\s\S]*s ago/);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await seen(page.locator('main'))).not.toMatch(/[가-힣]/);
  });

  it('shows technical values when asked', async () => {
    await page.goto(shelter.url);
    await expectState('air2/particles_0_3', 'fresh');
    expect(await stream('air2/particles_0_3').isVisible()).toBe(false);
    await page.getByRole('button', { name: '더 많은 값' }).click();
    expect(await stream('air2/particles_0_3').isVisible()).toBe(true);
    await page.getByRole('button', { name: '간단히 보기' }).click();
    expect(await stream('air2/particles_0_3').isVisible()).toBe(false);
  });

  it('tells of a pressed button', async () => {
    await page.goto(shelter.url);
    await expectState('air/pm10', 'fresh');
    const time = new Date().toISOString();
    shelter.send('event', { kind: 'button.pressed', source: 'help', time, detail: {} });
    await expectText(page.locator('[data-event="button.pressed"]'), /버튼이 눌렸습니다/);
    expect(await page.locator('[data-input="help"]').getAttribute('data-input-state')).toBe('pressed');
  });

  it('is reached by a keypad in reading order, with the focus seen', async () => {
    await page.goto(shelter.url);
    await expectState('air/pm10', 'fresh');
    const reached: string[] = [];
    for (let count = 0; count < 3; count++) {
      await page.keyboard.press('Tab');
      const focused = page.locator(':focus-visible');
      reached.push(await seen(focused));
      expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    }
    expect(reached).toEqual(['더 많은 값', '한국어', 'English']);
    await page.keyboard.press('Enter');
    await expectText(page.getByRole('heading', { level: 1 }), 'Jongno 2-ga');
  });

  describe.each(sizes)('at $width × $height', (viewport) => {
    it('is nowhere wider than the screen, and every target is big enough', async () => {
      await page.setViewportSize(viewport);
      await page.goto(shelter.url);
      await expectState('air/pm10', 'fresh');
      for (const language of ['ko', 'en']) {
        await page.locator(`[data-language="${language}"]`).click();
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
        const least = viewport.width < 768 ? 48 : 12 * 4;
        for (const button of await page.getByRole('button').all()) {
          const box = await button.boundingBox();
          expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(least);
        }
      }
    });
  });

  it.skipIf(!existsSync(notoCjk))('shows a healthy shelter on a panel without scrolling', async () => {
    for (const viewport of sizes.slice(0, 2)) {
      await page.setViewportSize(viewport);
      await page.goto(shelter.url);
      await expectState('air/pm10', 'fresh');
      expect(await page.evaluate('document.documentElement.scrollHeight')).toBe(viewport.height);
    }
  });

  it('sizes targets by the panel’s pixels per millimetre', async () => {
    const { site } = current();
    shelter.show(current({ site: { ...site, pxPerMm: 8 } }));
    await page.goto(shelter.url);
    await expectState('air/pm10', 'fresh');
    const box = await page.getByRole('button', { name: 'English' }).boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(12 * 8);
  });
});
