import { describe, expect, it, vi } from 'vitest';
import { hasChromium } from '../rigs/chromium.js';
import { expectText, patient, portrait, sizes, visitPage } from './visited-page.js';

describe.skipIf(!hasChromium())('The maintenance screen', () => {
  const visited = visitPage();
  const main = () => visited.page.locator('main');

  async function knock(): Promise<void> {
    for (const key of 'Up Up Down Down Left Right Left Right'.split(' '))
      await visited.page.keyboard.press(`Arrow${key}`);
    await visited.page.waitForSelector('.pin');
  }

  async function type(pin: string): Promise<void> {
    for (const digit of pin) await visited.press(`digit-${digit}`);
    await visited.press('enter');
  }

  async function enter(): Promise<void> {
    await visited.open();
    await knock();
    await type('314159');
    await visited.page.waitForSelector('[data-control="view-sensors"]');
  }

  it('opens to a hold of the corner and taps of the others', async () => {
    const { clock, mouse } = await visited.takeOwnPage();
    await clock.install();
    await visited.open();
    const { width, height } = portrait;
    await mouse.move(20, 20);
    await mouse.down();
    await clock.runFor(3_100);
    await mouse.up();
    for (const [x, y] of [
      [width - 20, 20],
      [width - 20, height - 20],
      [20, height - 20],
    ] as const) {
      await mouse.click(x, y);
    }
    await vi.waitFor(async () => expect(await visited.page.locator('.pin').count()).toBe(1), patient);
  });

  it('lets in with the PIN, which is never seen', async () => {
    await visited.open();
    await knock();
    await visited.press('digit-3');
    await visited.press('digit-1');
    await expectText(visited.page.locator('.entry'), /^●●/);
    await visited.press('erase');
    await type('14159');
    expect(visited.shelter.asked.find(({ path }) => path === 'maintenance/login')?.body).toEqual({
      pin: '314159',
    });
    await expectText(main(), /Nova SDS011\s+air\s+정상/);
  });

  it.each([
    [401, {}, 'PIN이 맞지 않습니다'],
    [403, {}, '점검이 설정되지 않았습니다'],
    [429, { 'retry-after': '120' }, '120초 기다리세요'],
    [500, {}, 'PIN을 확인할 수 없습니다'],
  ])('says why %i lets nobody in', async (status, headers, text) => {
    visited.shelter.reply('maintenance/login', { status, headers, json: {} });
    await visited.open();
    await knock();
    await type('000000');
    await expectText(visited.page.locator('.refusal'), text);
    expect(await visited.page.locator('[data-raw]').count()).toBe(0);
  });

  it('shows the sensors raw and calibrated with their flags', async () => {
    await enter();
    await expectText(
      visited.page.locator('[data-raw="air/pm2_5"]'),
      /원값 13\.1 → 12\.4 µg\/m³\s+통과 · \d초 전\s+보정 2: × 0\.940 \+ 0\.100/,
    );
    await expectText(
      visited.page.locator('[data-raw="outdoor/temperature"]'),
      /의심 – 값이 갑자기 튀었습니다/,
    );
    expect(await visited.page.locator('[data-input="help"]').getAttribute('data-input-state')).toBe(
      'released',
    );
  });

  it('shows clock, queue and store, and the last 50 faults', async () => {
    await enter();
    await visited.press('view-system');
    await expectText(
      main(),
      /시작 후 시계 조정\s+0\.412 s[\s\S]*동기화\s+예 \(timesyncd\)[\s\S]*전송 대기\s+5[\s\S]*데이터베이스\s+0\.0 \/ 512 MB/,
    );
    await visited.press('view-faults');
    await vi.waitFor(
      async () => expect(await visited.page.locator('[data-fault]').count()).toBe(50),
      patient,
    );
  });

  it('tests touch, display and sound', async () => {
    await enter();
    await visited.press('view-touch');
    await visited.press('touch-begin');
    const { mouse } = visited.page;
    await mouse.move(45, 50);
    await mouse.down();
    await mouse.move(45, 1_900, { steps: 60 });
    await mouse.up();
    expect(await visited.page.locator('[data-touched]').count()).toBe(18);
    await visited.press('touch-finish');
    await expectText(main(), '216칸 중 18칸');

    await visited.press('view-display');
    await visited.press('display-begin');
    const grounds: string[] = [];
    for (;;) {
      const test = visited.page.locator('.display-test');
      if ((await test.count()) === 0) break;
      grounds.push((await test.getAttribute('data-ground')) ?? '');
      expect(await test.boundingBox()).toMatchObject({ width: 1_080, height: 1_920 });
      await test.click();
    }
    expect(grounds).toEqual(['white', 'black', 'red', 'green', 'blue', 'grey', 'lines']);

    await visited.press('view-sound');
    for (const side of ['left', 'right', 'both']) await visited.press(`sound-${side}`);
    expect(visited.complaints).toEqual([]);
  });

  it('logs out when it is left, by whatever way', async () => {
    await enter();
    await visited.press('board');
    await vi.waitFor(
      () => expect(visited.shelter.asked.map(({ path }) => path)).toContain('maintenance/logout'),
      patient,
    );
    await knock();
    expect(await visited.page.locator('[data-raw]').count()).toBe(0);
  });

  it('gives way to the board when its session is over', async () => {
    await enter();
    visited.shelter.reply('maintenance', { status: 401, json: {} });
    await vi.waitFor(
      async () => expect(await visited.page.locator('[data-screen="board"]').count()).toBe(1),
      patient,
    );
  });

  it.each(sizes)('cuts nothing at $width × $height', async (viewport) => {
    await visited.page.setViewportSize(viewport);
    await enter();
    for (const view of ['sensors', 'system', 'faults', 'touch', 'display', 'sound']) {
      await visited.press(`view-${view}`);
      expect(await visited.cutTexts()).toEqual([]);
    }
  });
});
