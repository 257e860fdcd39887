import { describe, expect, it } from 'vitest';
import { hasChromium } from '../rigs/chromium.js';
import { screensRig, sizes } from './screens-rig.js';
import { call, helpNow } from './screens-scene.js';

describe.skipIf(!hasChromium())('The help screen', () => {
  const rig = screensRig();
  const calls = () => rig.page.locator('.calls');
  const never = () => new Promise<void>(() => {});

  it('calls with one touch, and follows the call from the stop to the city and back', async () => {
    await rig.open('help');
    await rig.press('call');
    expect(rig.asked.at(-1)).toEqual({ path: 'help', body: { kind: 'call' } });
    rig.shelter.showHelp(helpNow({ calls: [call()] }));
    await rig.expectText(calls(), /도움 요청\s+\d초 전\s+요청을 저장했고 보내는 중입니다/);
    rig.shelter.showHelp(helpNow({ calls: [call({ state: 'sent' })] }));
    await rig.expectText(calls(), '요청을 보냈습니다');
    const answer = { text: { ko: '곧 도와드리겠습니다.', en: 'Help is on its way.' } };
    rig.shelter.showHelp(helpNow({ calls: [call({ state: 'answered', answer })] }));
    await rig.expectText(calls(), /답이 왔습니다\s+곧 도와드리겠습니다/);
    await rig.press('language-en');
    await rig.expectText(calls(), /Answered\s+Help is on its way/);
    expect(rig.complaints).toEqual([]);
  });

  it('says within a second that it calls, also where nobody answers', async () => {
    rig.reply('help', never);
    await rig.open('help');
    const touched = performance.now();
    await rig.press('call');
    await rig.expectText(calls(), '요청하는 중');
    expect(performance.now() - touched).toBeLessThan(1_000);
    await rig.expectText(calls(), '아직 요청하는 중');
    expect(performance.now() - touched).toBeLessThan(2_000);
  });

  it('says that a call waits for a connection, and names the other way', async () => {
    rig.shelter.showHelp(helpNow({ connected: false, calls: [call()] }));
    await rig.open('help');
    await rig.expectText(calls(), /요청을 저장했습니다[\s\S]*연결되는 대로 보냅니다\.\s+전화 02-120/);
  });

  it.each([
    [429, '요청이 너무 잦습니다'],
    [409, '지금은 이 화면에서 요청을 보낼 수 없습니다'],
    [500, '정류장이 응답하지 않습니다'],
  ])('says why a call is refused with %i, and names the other way', async (status, text) => {
    rig.reply('help', (route) => route.fulfill({ status, json: {} }));
    await rig.open('help');
    await rig.press('call');
    await rig.expectText(calls(), text);
    await rig.expectText(calls(), '전화 02-120');
  });

  it('asks for a low-floor bus of a line, or of any', async () => {
    await rig.open('help');
    await rig.press('low-floor');
    await rig.press('line-470');
    expect(rig.asked.at(-1)?.body).toEqual({ kind: 'low-floor', line: '470' });
    await rig.press('low-floor');
    await rig.press('any-line');
    expect(rig.asked.at(-1)?.body).toEqual({ kind: 'low-floor' });
  });

  it('shows the emergency numbers and the phone of the stop, and offers no call that nobody would get', async () => {
    rig.shelter.showHelp(helpNow({ available: false }));
    await rig.open('help');
    await rig.expectText(
      rig.page.locator('[data-section="numbers"]'),
      /화재·구급\s+119\s+경찰\s+112\s+정류장 관리자\s+02-120/,
    );
    expect(await rig.control('call').count()).toBe(0);
    await rig.expectText(rig.page.locator('main'), '지금은 이 화면에서 요청을 보낼 수 없습니다');
  });

  it('offers no call while the shelter is out of reach, and keeps the numbers', async () => {
    await rig.open('help');
    await rig.expectText(rig.control('call'), '도움 요청');
    await rig.shelter.die();
    await rig.expectText(rig.page.locator('main'), '보낼 수 없습니다');
    await rig.expectText(rig.page.locator('[data-section="numbers"]'), '119');
  });

  it.each(sizes)(
    'cuts nothing at $width × $height, large or not, and targets are big enough',
    async (viewport) => {
      await rig.page.setViewportSize(viewport);
      rig.shelter.showHelp(helpNow({ connected: false, calls: [call()] }));
      await rig.open('help');
      await rig.press('low-floor');
      for (const step of ['language-en', 'large']) {
        expect(await rig.cutTexts()).toEqual([]);
        for (const button of await rig.page.locator('main button:visible').all()) {
          const box = await button.boundingBox();
          expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(48);
        }
        await rig.press(step);
        const close = rig.page.locator('.bar[data-opened] [data-control="menu"]');
        if (await close.count()) await close.click();
      }
      expect(await rig.cutTexts()).toEqual([]);
    },
  );
});
