import { describe, expect, it } from 'vitest';
import { hasChromium } from '../rigs/chromium.js';
import { screensRig, sizes } from './screens-rig.js';

describe.skipIf(!hasChromium())('The screen to take along', () => {
  const rig = screensRig();
  const section = (name: string) => rig.page.locator(`[data-section="${name}"]`);

  it('shows the page and the network as codes and in words', async () => {
    await rig.open('take-along');
    await rig.expectText(section('page'), 'https://stops.seoul.example/jongno-2ga');
    await rig.expectText(section('wifi'), /네트워크\s+Seoul bus stop\s+비밀번호\s+wait;for"me/);
    expect(await rig.page.locator('.qr').count()).toBe(2);
    expect(rig.complaints).toEqual([]);
  });

  it('draws codes large enough for a camera, dark on light in every theme', async () => {
    await rig.open('take-along');
    await rig.press('contrast');
    const qr = rig.page.locator('.qr').first();
    const box = await qr.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThan(300);
    const fill = (of: string) =>
      rig.page.evaluate(`getComputedStyle(document.querySelector('.qr ${of}')).fill`);
    expect([await fill('.light'), await fill('.dark')]).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
  });

  it('says that a network is open', async () => {
    rig.reply('take-along', (route) =>
      route.fulfill({ json: { url: null, wifi: { name: 'city', password: null } } }),
    );
    await rig.open('take-along');
    await rig.expectText(section('wifi'), '없음 – 개방형 네트워크');
  });

  it('says what is not set up, and where it cannot be told', async () => {
    rig.reply('take-along', (route) => route.fulfill({ json: { url: null, wifi: null } }));
    await rig.open('take-along');
    await rig.expectText(section('page'), '주소가 설정되지 않았습니다');
    await rig.expectText(section('wifi'), '와이파이가 설정되지 않았습니다');
    rig.reply('take-along', (route) => route.fulfill({ status: 500, json: {} }));
    await rig.press('board');
    await rig.press('take-along');
    await rig.expectText(rig.page.locator('main'), '지금은 알 수 없습니다');
  });

  it.each(sizes)('cuts nothing at $width × $height, large or not', async (viewport) => {
    await rig.page.setViewportSize(viewport);
    await rig.open('take-along');
    await rig.expectText(section('wifi'), 'Seoul bus stop');
    expect(await rig.cutTexts()).toEqual([]);
    await rig.press('large');
    const close = rig.page.locator('.bar[data-opened] [data-control="menu"]');
    if (await close.count()) await close.click();
    expect(await rig.cutTexts()).toEqual([]);
  });
});
