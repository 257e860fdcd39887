import { describe, expect, it } from 'vitest';
import { hasChromium } from '../rigs/chromium.js';
import { contentNow } from './city-scene.js';
import { routesNow } from './screens-scene.js';
import { expectText, seen, sizes, visitPage } from './visited-page.js';

describe.skipIf(!hasChromium())('The route screen', () => {
  const visited = visitPage();
  const main = () => visited.page.locator('main');
  const touch = (line: string) => visited.page.locator(`[data-line="${line}"] .bus`).click();

  it('shows the way of the line that was touched from here on, with transfers, first and last bus', async () => {
    await visited.open();
    await touch('470');
    await expectText(main(), /470\s+청량리역환승센터 방면[\s\S]*첫차\s+\d\d:\d\d\s+막차\s+\d\d:\d\d/);
    await expectText(
      main(),
      /종로2가\s*현재 위치[\s\S]*종로3가\.탑골공원\s+갈아타기\s+1호선\s+3호선\s+5호선[\s\S]*청량리역환승센터/,
    );
    expect(await visited.page.locator('[data-here]').count()).toBe(1);
    expect(await seen(main())).not.toContain('상암차고지');
  });

  it('shows the stops before this one when asked', async () => {
    await visited.open();
    await touch('470');
    await expectText(visited.control('stops-before'), '이전 정류장 7곳 보기');
    await visited.press('stops-before');
    expect(await visited.page.locator('.stop').count()).toBe(14);
    await visited.press('language-en');
    await expectText(main(), /Sangam depot[\s\S]*Jongno 2-ga\s*You are here[\s\S]*Change to/);
  });

  it('says that a route is not known, and of what age it is when it is', async () => {
    await visited.open();
    await touch('143');
    await expectText(main(), /143\s+개포동차고지 방면\s+이 노선의 경로를 알 수 없습니다/);
    const at = Date.now();
    visited.shelter.showContent(contentNow(at, { routes: routesNow(at - 3_000_000) }));
    await visited.press('board');
    await touch('470');
    await expectText(main(), '51분 전 기준');
  });

  it('keeps what it knows while the shelter is out of reach', async () => {
    await visited.open();
    await touch('470');
    await expectText(main(), '현재 위치');
    await visited.shelter.die();
    await expectText(visited.page.getByRole('alert').first(), '데이터 없음');
    await expectText(main(), '현재 위치');
  });

  it.each(sizes)('cuts nothing at $width × $height, large or not', async (viewport) => {
    await visited.page.setViewportSize(viewport);
    await visited.open();
    await touch('470');
    await expectText(main(), '현재 위치');
    expect(await visited.cutTexts()).toEqual([]);
    await visited.press('large');
    await visited.closeMenu();
    expect(await visited.cutTexts()).toEqual([]);
    expect(visited.complaints).toEqual([]);
  });
});
