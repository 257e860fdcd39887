import { describe, expect, it, vi } from 'vitest';
import { hasChromium } from '../rigs/chromium.js';
import { contentNow } from './city-scene.js';
import { lyingLife, now, sensorNow, silent, smogLife, streamNow } from './scene.js';
import { officialAirNow } from './screens-scene.js';
import { expectText, seen, sizes, visitPage } from './visited-page.js';

const hour = 3_600_000;

describe.skipIf(!hasChromium())('The air screen', () => {
  const visited = visitPage();
  const stream = (id: string) => visited.page.locator(`[data-stream="${id}"]`);
  const air = () => visited.page.locator('[data-meaning="air"]');
  const official = () => visited.page.locator('[data-section="official"]');
  const past = () => visited.page.locator('[data-section="past"]');

  it('says what the air means and what to do, for each group of people, in each language', async () => {
    await visited.open();
    await visited.press('air');
    await expectText(air(), /나쁨[\s\S]*초미세먼지 PM2.5\s+48 µg\/m³[\s\S]*지난 1시간 평균/);
    await expectText(
      air(),
      /장시간 또는 무리한 실외 활동을 줄이세요[\s\S]*어린이, 어르신[\s\S]*흡입기를 챙기세요[\s\S]*옥외 작업자[\s\S]*KF80/,
    );
    await expectText(air(), /간이측정기[\s\S]*국가 대기오염측정망의 측정값이 아닙니다/);
    await visited.press('language-en');
    await expectText(air(), /Bad[\s\S]*Cut long or hard exercise outdoors short[\s\S]*Outdoor workers/);
    visited.shelter.showLife(smogLife());
    const felt = visited.page.locator('[data-meaning="felt"]');
    await expectText(felt, /38\.1\s*°C\s+Feels like\s*Heat: danger[\s\S]*Do not go out/);
    expect(visited.complaints).toEqual([]);
  });

  it('says why it cannot tell what the numbers mean', async () => {
    visited.shelter.showLife(lyingLife());
    await visited.open();
    await visited.press('air');
    await expectText(air(), /값 없음[\s\S]*PM2\.5: 센서가 같은 값에 멈춰 있습니다/);
    await expectText(
      visited.page.locator('[data-meaning="felt"]'),
      /값 없음[\s\S]*기온: 정상 범위를 벗어난 값입니다/,
    );
  });

  it('shows each local value with its sensor, state and age, beside the statement that the law asks for', async () => {
    await visited.open();
    await visited.press('air');
    await expectText(stream('air/pm2_5'), /Nova SDS011\s+12\s*µg\/m³\s+실시간\s+\d+초 전/);
    await expectText(stream('outdoor/temperature'), /DHT22[\s\S]*3\.4\s*°C/);
    await expectText(stream('roof/pressure'), /Bosch BME280[\s\S]*1013\.2\s*hPa/);
    await expectText(stream('air2/pm1'), /8\s*µg\/m³/);
    expect(await stream('air2/pm1_cf1').count()).toBe(0);
    await expectText(
      visited.page.locator('[data-section="here"] .statement'),
      /간이측정기[\s\S]*성능인증 등급: 1등급, 미인증/,
    );
    visited.shelter.send('stream', streamNow('air', 'pm2_5', 0, { age: 0 }));
    await expectText(stream('air/pm2_5'), /\s0\s*µg\/m³\s+실시간/);
  });

  it('lets a value grow old by itself, and hides one that is not believed and says why', async () => {
    await visited.open();
    await visited.press('air');
    visited.shelter.send('stream', streamNow('air', 'pm10', 27, { age: 1, staleAfter: 3 }));
    await vi.waitFor(
      async () => expect(await stream('air/pm10').getAttribute('data-state')).toBe('stale'),
      8_000,
    );
    await expectText(stream('air/pm10'), /27[\s\S]*지난 값/);
    visited.shelter.send(
      'stream',
      streamNow('roof', 'humidity', 88, { state: 'doubtful', flag: 'suspect', doubts: ['agreement'] }),
    );
    await expectText(stream('roof/humidity'), /확인 필요\s+센서들의 값이 서로 다릅니다/);
    expect(await seen(stream('roof/humidity'))).not.toContain('88');
  });

  it('keeps the official station apart, under its name and with its own times, and says that it is old after 2 h', async () => {
    await visited.open();
    await visited.press('air');
    await expectText(
      official(),
      /공식 측정소\s+종로구 측정소\s+한국환경공단 에어코리아[\s\S]*21\s*µg\/m³\s+\d\d:\d\d까지 1시간 평균/,
    );
    expect(await official().locator('[data-stream]').count()).toBe(0);
    expect(await seen(visited.page.locator('[data-section="here"]'))).not.toMatch(/종로구|에어코리아/);
    const at = Date.now();
    visited.shelter.showContent(contentNow(at, { air: officialAirNow(at, 2 * hour) }));
    await expectText(official(), /지난 값/);
    visited.shelter.showContent(contentNow(at, { air: null }));
    await expectText(official(), '지금은 공식 측정소 자료가 없습니다');
    await expectText(stream('air/pm2_5'), '실시간');
  });

  it('draws the past day of each property, with gaps, doubtful values and the grades, and says it in a sentence', async () => {
    await visited.open();
    await visited.press('air');
    await expectText(
      past(),
      /초미세먼지 PM2\.5: 최저 \d+\sµg\/m³ \(\d\d:\d\d\), 최고 \d+\sµg\/m³ \(\d\d:\d\d\), 마지막/,
    );
    expect(await past().locator('path.line').count()).toBe(3);
    expect(await past().locator('path.doubtful').count()).toBe(4);
    await expectText(past().locator('.plot'), /좋음|보통/);
    const hours = (await seen(past().locator('.times'))).match(/\d\d:\d\d/g) ?? [];
    expect(hours.length).toBeGreaterThanOrEqual(4);
    for (const hour of hours) expect(hour).toMatch(/^(00|06|12|18):00$/);

    await visited.press('next');
    await visited.press('past-temperature');
    await expectText(past(), /기온: 최저 −?[\d.]+\s°C/);
    expect(await past().locator('.band').count()).toBe(0);
    expect(visited.shelter.asked.filter(({ path }) => path === 'history')).toHaveLength(2);
    expect(visited.complaints).toEqual([]);
  });

  it('says so where the past is not known or nothing was measured', async () => {
    visited.shelter.reply('history', { status: 503, json: {} });
    await visited.open();
    await visited.press('air');
    await expectText(past(), '지금은 지난 24시간을 알 수 없습니다');
    visited.shelter.reply('history', { json: { stream: 'air/pm10', every: 600, points: [] } });
    await visited.press('next');
    await visited.press('past-pm10');
    await expectText(past(), '지난 24시간 동안 측정한 값이 없습니다');
  });

  it('says that what it shows is old once nobody confirms it', async () => {
    await visited.open();
    await visited.press('air');
    await expectText(air(), '나쁨');
    await visited.shelter.die();
    await expectText(air(), '지난 값');
    await vi.waitFor(
      async () => expect(await stream('air/pm10').getAttribute('data-state')).toBe('stale'),
      8_000,
    );
  });

  it.each(sizes)(
    'cuts nothing at $width × $height, well or faulty, in either language, large or not',
    async (viewport) => {
      await visited.page.setViewportSize(viewport);
      visited.shelter.show(
        now({
          time: new Date().toISOString(),
          streams: [
            streamNow('air', 'pm2_5', 12, { state: 'faulty' }),
            streamNow('roof', 'temperature', 3, {
              state: 'doubtful',
              flag: 'suspect',
              doubts: ['agreement'],
            }),
          ],
          sensors: [sensorNow('air', 'sds011', 'Nova SDS011', silent)],
        }),
      );
      await visited.open();
      await visited.press('air');
      for (const step of ['language-en', 'large', 'language-ko'] as const) {
        await expectText(air(), /\S/);
        expect(await visited.cutTexts()).toEqual([]);
        await visited.press(step);
        await visited.closeMenu();
      }
      expect(await visited.cutTexts()).toEqual([]);
    },
  );
});
