import type { Locator } from 'playwright-core';
import { describe, expect, it, vi } from 'vitest';
import { hasChromium } from '../rigs/chromium.js';
import { type Arrival, arrival, arrivalsNow, contentNow, emergency, notice, sent } from './city-scene.js';
import { smogLife } from './scene.js';
import { expectText, patient, seen, sizes, visitPage } from './visited-page.js';

describe.skipIf(!hasChromium())('The board', () => {
  const visited = visitPage();

  const row = (line: string): Locator => visited.page.locator(`.arrival[data-line="${line}"]`);
  const rows = (): Locator => visited.page.locator('.arrival');

  /** The lines of the buses that are to be seen, from the top. */
  async function linesSeen(): Promise<(string | null)[]> {
    const all = await rows().all();
    const { width = 0 } = (await visited.page.locator('[data-flow="arrivals"]').boundingBox()) ?? {};
    const boxes = await Promise.all(all.map((one) => one.boundingBox()));
    const inside = all.filter((_, index) => {
      const box = boxes[index];
      return box && box.x >= 0 && box.x < width;
    });
    return Promise.all(inside.map((one) => one.getAttribute('data-line')));
  }

  function showArrivals(arrivals: Arrival[]): void {
    visited.shelter.showContent(contentNow(Date.now(), { arrivals: sent(Date.now(), { arrivals }) }));
  }

  it('shows the next bus first, with all that is known of it', async () => {
    await visited.open();
    await expectText(row('470'), /470\s+청량리역환승센터\s+2정거장 전\s+저상\s+좌석 있음\s+3\s*분\s+실시간/);
    expect(await rows().first().getAttribute('data-line')).toBe('470');
    expect(await row('470').getAttribute('data-next')).toBe('true');
    expect(visited.complaints).toEqual([]);
  });

  it.each(['N26', '9401', 'M7154'])('writes the number %s of the next bus on one line', async (line) => {
    await visited.open();
    showArrivals([arrival(Date.now(), line, 3)]);
    const number = row(line).locator('.line');
    await number.waitFor();
    const rowsOfLetters = await number.evaluate((element) => {
      const range = element.ownerDocument.createRange();
      range.selectNodeContents(element);
      return range.getClientRects().length;
    });
    expect(rowsOfLetters).toBe(1);
  });

  it('tells live, old, scheduled, cancelled and unknown times apart in words and shapes', async () => {
    await visited.open();
    await expectText(row('470'), '실시간');
    await expectText(row('143'), /7\s*분\s+7\d초 전 정보/);
    await expectText(row('111'), /\d\d:\d\d\s+시간표/);
    await expectText(row('201'), /\d\d:\d\d\s+운행 취소/);
    await expectText(row('721'), /시각 모름\s+실시간 정보가 끊겼습니다/);
    expect(await seen(row('721'))).not.toMatch(/\d\s*분/);
    const shapes = await Promise.all(
      ['470', '143', '111', '201', '721'].map((line) => row(line).locator('.sure svg').innerHTML()),
    );
    expect(new Set(shapes).size).toBe(5);
  });

  it('marks the last bus, a detour and a delay', async () => {
    await visited.open();
    await expectText(row('N26'), /막차\s+우회/);
    await expectText(row('9401'), '지연');
  });

  it('lets a countdown give way to the timetable by itself', async () => {
    const now = Date.now();
    const scheduled = new Date(now + 600_000).toISOString();
    showArrivals([arrival(now, '470', 8, { asOf: new Date(now - 88_000).toISOString(), scheduled })]);
    await visited.open();
    await expectText(row('470'), /분\s+8\d초 전 정보/);
    await expectText(row('470'), /\d\d:\d\d\s+시간표/);
  });

  it('shows zero as zero, and a bus that is here as arriving', async () => {
    showArrivals([arrival(Date.now(), '470', 0, { stopsAway: 0 })]);
    await visited.open();
    await expectText(row('470'), /0정거장 전[\s\S]*곧 도착/);
  });

  it('says so where nobody knows what comes, and where nothing does', async () => {
    visited.shelter.showContent(contentNow(Date.now(), { arrivals: null }));
    await visited.open();
    await expectText(visited.page.locator('.arrivals'), '운행 정보가 없습니다');
    showArrivals([]);
    await expectText(visited.page.locator('.arrivals'), '지금 도착 예정인 버스가 없습니다');
    await visited.press('language-en');
    await expectText(visited.page.locator('.arrivals'), 'No bus is expected now');
  });

  it.each(sizes.slice(0, 2))(
    'shows each of 40 buses on one page, in order, at $width × $height',
    async (size) => {
      const now = Date.now();
      const lines = Array.from({ length: 40 }, (_, index) => String(100 + index));
      await visited.page.setViewportSize(size);
      showArrivals(lines.map((line, index) => arrival(now, line, 2 + index)));
      await visited.open();
      const place = visited.page.locator('.arrivals .place span').first();
      await expectText(place, /^1 \/ \d+$/);
      const pages = Number((await seen(place)).split('/')[1]);
      const passed: (string | null)[] = [];
      for (let page = 1; page <= pages; page++) {
        await expectText(place, new RegExp(`^${page} /`));
        const here = await linesSeen();
        if (page === 1) expect(here.length).toBeGreaterThanOrEqual(4);
        passed.push(...here);
        if (page < pages) await visited.press('next');
      }
      expect(passed).toEqual(lines);
      expect(await visited.page.locator('[data-control="next"]').getAttribute('aria-disabled')).toBe('true');
    },
  );

  it('stays on the page that was turned to while its times change', async () => {
    const now = Date.now();
    const many = Array.from({ length: 40 }, (_, index) => arrival(now, String(100 + index), 2 + index));
    showArrivals(many);
    await visited.open();
    await visited.press('next');
    const before = await linesSeen();
    showArrivals(many.map((one) => ({ ...one, stopsAway: 3 })));
    await expectText(row('139'), '3정거장 전');
    expect(await linesSeen()).toEqual(before);
  });

  it('wraps a name of 60 letters, and shows the whole of it on the way', async () => {
    const name = '가나다라마바사아자차카타파하 '.repeat(5).slice(0, 60).trim();
    showArrivals([arrival(Date.now(), '470', 3, { destination: { ko: name } })]);
    await visited.open();
    await row('470').getByRole('button').click();
    await expectText(visited.page.locator('main'), name);
  });

  it('shows the air as a word, a face and a value, and the temperature', async () => {
    await visited.open();
    const air = visited.page.locator('[data-strip="air"]');
    await expectText(air, /나쁨\s+초미세먼지 PM2\.5\s+48\s*µg\/m³\s+지난 1시간 평균/);
    expect(await air.locator('.sign svg').count()).toBe(1);
    await expectText(visited.page.locator('[data-strip="felt"]'), /기온\s+3\.4\s*°C/);
    await expectText(
      visited.page.locator('.strip .statement'),
      /간이측정기[\s\S]*국가 대기오염측정망의 측정값이 아닙니다/,
    );
    await expectText(visited.page.locator('.strip .advice'), '장시간 또는 무리한 실외 활동을 줄이세요');
  });

  it('shows the gravest of 500 notices, how many there are, and all of them a touch away', async () => {
    const notices = Array.from({ length: 500 }, (_, index) =>
      notice(`n${index}`, {
        title: { ko: `알림 ${index}` },
        severity: index === 321 ? 'warning' : 'information',
      }),
    );
    visited.shelter.showContent(contentNow(Date.now(), { notices: sent(Date.now(), { notices }) }));
    await visited.open();
    const strip = visited.page.locator('[data-control="notices"]');
    await expectText(strip, /주의\s+알림 321\s+전체 500건/);
    visited.shelter.showLife(smogLife());
    await expectText(strip, /미세먼지 경보 · 초미세먼지 PM2\.5, 미세먼지 PM10\s+전체 501건/);
    await strip.click();
    const all = visited.page.locator('.announcement');
    await vi.waitFor(async () => expect(await all.count()).toBe(501), patient);
    await expectText(all.nth(0), /경보[\s\S]*실외 활동을 피하세요/);
    await expectText(all.nth(1), '알림 321');
    await expectText(visited.page.locator('main + .pager'), /1 \/ \d\d/);
  });

  it('counts on without the shelter, and never beyond what it knew', async () => {
    const now = Date.now();
    showArrivals([
      arrival(now, '470', 8, {
        asOf: new Date(now - 83_000).toISOString(),
        scheduled: new Date(now + 600_000).toISOString(),
      }),
    ]);
    await visited.open();
    await expectText(row('470'), /초 전 정보/);
    await visited.shelter.die();
    await expectText(visited.page.locator('.lost'), '데이터 없음');
    expect(await visited.page.locator('.clock').count()).toBe(0);
    await expectText(row('470'), '시간표');
  });

  describe('in an emergency', () => {
    const severe = (messages = [emergency()], signedBy: string | null = 'city-1') =>
      contentNow(Date.now(), { emergency: sent(Date.now(), { messages }, signedBy) });
    const takeOver = () => visited.page.locator('.take-over');

    it('gives it the screen, and keeps the next bus on it', async () => {
      await visited.open();
      await visited.press('air');
      visited.shelter.showContent(severe());
      await expectText(
        takeOver(),
        /위급[\s\S]*청계천 범람 위험[\s\S]*높은 곳으로[\s\S]*서울특별시 발표 \d\d:\d\d/,
      );
      await expectText(visited.page.locator('.next-bus'), /470[\s\S]*3\s*분/);
      expect(await rows().count()).toBe(1);
    });

    it('is not taken away by a touch, and leaves the way to help open', async () => {
      visited.shelter.showContent(severe());
      await visited.open();
      await takeOver().click();
      await visited.page.keyboard.press('Escape');
      expect(await takeOver().count()).toBe(1);
      await visited.press('help');
      await expectText(visited.page.locator('.banner'), /위급[\s\S]*청계천 범람 위험/);
      await visited.press('emergency');
      await expectText(takeOver(), '청계천 범람 위험');
    });

    it('goes when it is over', async () => {
      visited.shelter.showContent(severe());
      await visited.open();
      await expectText(takeOver(), '위급');
      visited.shelter.showContent(contentNow(Date.now()));
      await vi.waitFor(async () => expect(await takeOver().count()).toBe(0), patient);
      const expires = new Date(Date.now() + 2_500).toISOString();
      const { emergency: item, ...rest } = severe();
      visited.shelter.showContent({ ...rest, emergency: item && { ...item, expires } });
      await expectText(takeOver(), '위급');
      await vi.waitFor(async () => expect(await takeOver().count()).toBe(0), patient);
    });

    it('never shows what nobody signed', async () => {
      visited.shelter.showContent(severe([emergency()], null));
      await visited.open();
      await expectText(row('470'), '470');
      expect(await seen(visited.page.locator('body'))).not.toContain('범람');
    });

    it('marks a drill as one', async () => {
      visited.shelter.showContent(severe([emergency({ status: 'exercise' })]));
      await visited.open();
      await expectText(takeOver(), /훈련\s+훈련 상황입니다\. 실제 상황이 아닙니다\./);
      expect(await takeOver().getAttribute('data-drill')).toBe('true');
    });

    it('turns from one message to the next with buttons', async () => {
      visited.shelter.showContent(
        severe([
          emergency(),
          emergency({ id: 'b', severity: 'severe', headline: { ko: '지하철 운행 중단' } }),
        ]),
      );
      await visited.open();
      const second = visited.page.locator('[data-emergency="b"] h2');
      const isSeen = async () => {
        const [box, flow] = await Promise.all(
          [second, takeOver().locator('.flow')].map((it) => it.boundingBox()),
        );
        return box && flow && box.x >= flow.x && box.x < flow.x + flow.width;
      };
      await expectText(takeOver().locator('.place span').first(), '1 / 2');
      expect(await isSeen()).toBe(false);
      await visited.press('next');
      await vi.waitFor(async () => expect(await isSeen()).toBe(true), patient);
    });

    it('makes of a lesser one a banner on every screen', async () => {
      visited.shelter.showContent(severe([emergency({ severity: 'moderate' })]));
      await visited.open();
      await expectText(visited.page.locator('.banner'), /안전 안내\s+청계천 범람 위험/);
      await expectText(row('470'), '470');
      await visited.press('air');
      await expectText(visited.page.locator('.banner'), '청계천 범람 위험');
      await visited.press('emergency');
      await expectText(visited.page.locator('.announcement').first(), /높은 곳으로 이동하세요/);
    });
  });

  it('stands on a television without a control, to be read from metres away', async () => {
    await visited.page.setViewportSize({ width: 1920, height: 1080 });
    await visited.open('?view=tv');
    await expectText(row('470'), /3\s*분/);
    expect(await visited.page.locator('.bar, .pager:visible').count()).toBe(0);
    const box = await row('470').locator('.number').boundingBox();
    expect(box?.height).toBeGreaterThan(1080 / 8);
    expect(await linesSeen()).toEqual(
      arrivalsNow(0)
        .slice(0, 4)
        .map(({ line }) => line),
    );
  });

  it('tells on a television one notice after the other', async () => {
    await (await visited.takeOwnPage()).clock.install();
    const titles = ['정류소 공사', '노선 변경', '첫차 안내'];
    const notices = titles.map((title) => notice(title, { title: { ko: title } }));
    visited.shelter.showContent(contentNow(Date.now(), { notices: sent(Date.now(), { notices }) }));
    await visited.open('?view=tv');
    const told = visited.page.locator('.strip-of-notices .title');
    const heard = new Set<string>();
    for (const _ of titles) {
      await told.waitFor();
      heard.add(await seen(told));
      await visited.page.clock.runFor(10_000);
    }
    expect(heard).toEqual(new Set(titles));
  });
});
