import { describe, expect, it } from 'vitest';
import { hasChromium } from '../rigs/chromium.js';
import { expectText, sizes, visitPage } from './visited-page.js';

describe.skipIf(!hasChromium())('The screen to take along', () => {
  const visited = visitPage();
  const section = (name: string) => visited.page.locator(`[data-section="${name}"]`);

  it('shows the page and the network as codes and in words', async () => {
    await visited.open();
    await visited.press('take-along');
    await expectText(section('page'), 'https://stops.seoul.example/jongno-2ga');
    await expectText(section('wifi'), /네트워크\s+Seoul bus stop\s+비밀번호\s+wait;for"me/);
    expect(await visited.page.locator('.qr').count()).toBe(2);
    expect(visited.complaints).toEqual([]);
  });

  it('draws codes large enough for a camera, dark on light in every theme', async () => {
    await visited.open();
    await visited.press('take-along');
    await visited.press('contrast');
    const qr = visited.page.locator('.qr').first();
    const box = await qr.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThan(300);
    const fill = (of: string) =>
      visited.page.evaluate(`getComputedStyle(document.querySelector('.qr ${of}')).fill`);
    expect([await fill('.light'), await fill('.dark')]).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
  });

  it('says that a network is open', async () => {
    visited.shelter.reply('take-along', { json: { url: null, wifi: { name: 'city', password: null } } });
    await visited.open();
    await visited.press('take-along');
    await expectText(section('wifi'), '없음 – 개방형 네트워크');
  });

  it('says what is not set up, and where it cannot be told', async () => {
    visited.shelter.reply('take-along', { json: { url: null, wifi: null } });
    await visited.open();
    await visited.press('take-along');
    await expectText(section('page'), '주소가 설정되지 않았습니다');
    await expectText(section('wifi'), '와이파이가 설정되지 않았습니다');
    visited.shelter.reply('take-along', { status: 500, json: {} });
    await visited.press('board');
    await visited.press('take-along');
    await expectText(visited.page.locator('main'), '지금은 알 수 없습니다');
  });

  it.each(sizes)('cuts nothing at $width × $height, large or not', async (viewport) => {
    await visited.page.setViewportSize(viewport);
    await visited.open();
    await visited.press('take-along');
    await expectText(section('wifi'), 'Seoul bus stop');
    expect(await visited.cutTexts()).toEqual([]);
    await visited.press('large');
    await visited.closeMenu();
    expect(await visited.cutTexts()).toEqual([]);
  });
});
