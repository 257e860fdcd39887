import { describe, expect, it, vi } from 'vitest';
import { hasChromium } from '../rigs/chromium.js';
import { call, helpNow } from './screens-scene.js';
import { expectText, patient, sizes, visitPage } from './visited-page.js';

describe.skipIf(!hasChromium())('The help screen', () => {
  const visited = visitPage();
  const calls = () => visited.page.locator('.calls');

  async function expectAsked(body: object): Promise<void> {
    await vi.waitFor(() => expect(visited.shelter.asked.at(-1)).toEqual({ path: 'help', body }), patient);
  }

  it('calls with one touch, and follows the call from the stop to the city and back', async () => {
    await visited.open();
    await visited.press('help');
    await visited.press('call');
    await expectAsked({ kind: 'call' });
    visited.shelter.showHelp(helpNow({ calls: [call()] }));
    await expectText(calls(), /도움 요청\s+\d초 전\s+요청을 저장했고 보내는 중입니다/);
    visited.shelter.showHelp(helpNow({ calls: [call({ state: 'sent' })] }));
    await expectText(calls(), '요청을 보냈습니다');
    const answer = { text: { ko: '곧 도와드리겠습니다.', en: 'Help is on its way.' } };
    visited.shelter.showHelp(helpNow({ calls: [call({ state: 'answered', answer })] }));
    await expectText(calls(), /답이 왔습니다\s+곧 도와드리겠습니다/);
    await visited.press('language-en');
    await expectText(calls(), /Answered\s+Help is on its way/);
    expect(visited.complaints).toEqual([]);
  });

  it('says within a second that it calls, also where nobody answers', async () => {
    visited.shelter.reply('help', undefined);
    await visited.open();
    await visited.press('help');
    const touched = performance.now();
    await visited.press('call');
    await expectText(calls(), '요청하는 중');
    expect(performance.now() - touched).toBeLessThan(1_000);
    await expectText(calls(), '아직 요청하는 중');
    expect(performance.now() - touched).toBeLessThan(2_000);
  });

  it('says that a call waits for a connection, and names the other way', async () => {
    visited.shelter.showHelp(helpNow({ connected: false, calls: [call()] }));
    await visited.open();
    await visited.press('help');
    await expectText(calls(), /요청을 저장했습니다[\s\S]*연결되는 대로 보냅니다\.\s+전화 02-120/);
  });

  it.each([
    [429, '요청이 너무 잦습니다'],
    [409, '지금은 이 화면에서 요청을 보낼 수 없습니다'],
    [500, '정류장이 응답하지 않습니다'],
  ])('says why a call is refused with %i, and names the other way', async (status, text) => {
    visited.shelter.reply('help', { status, json: {} });
    await visited.open();
    await visited.press('help');
    await visited.press('call');
    await expectText(calls(), text);
    await expectText(calls(), '전화 02-120');
  });

  it('asks for a low-floor bus of a line, or of any', async () => {
    await visited.open();
    await visited.press('help');
    await visited.press('low-floor');
    await visited.press('line-470');
    await expectAsked({ kind: 'low-floor', line: '470' });
    await visited.press('low-floor');
    await visited.press('any-line');
    await expectAsked({ kind: 'low-floor' });
  });

  it('shows the emergency numbers and the phone of the stop, and offers no call that nobody would get', async () => {
    visited.shelter.showHelp(helpNow({ available: false }));
    await visited.open();
    await visited.press('help');
    await expectText(
      visited.page.locator('[data-section="numbers"]'),
      /화재·구급\s+119\s+경찰\s+112\s+정류장 관리자\s+02-120/,
    );
    expect(await visited.control('call').count()).toBe(0);
    await expectText(visited.page.locator('main'), '지금은 이 화면에서 요청을 보낼 수 없습니다');
  });

  it('offers no call while the shelter is out of reach, and keeps the numbers', async () => {
    await visited.open();
    await visited.press('help');
    await expectText(visited.control('call'), '도움 요청');
    await visited.shelter.die();
    await expectText(visited.page.locator('main'), '보낼 수 없습니다');
    await expectText(visited.page.locator('[data-section="numbers"]'), '119');
  });

  it.each(sizes)(
    'cuts nothing at $width × $height, large or not, and targets are big enough',
    async (viewport) => {
      await visited.page.setViewportSize(viewport);
      visited.shelter.showHelp(helpNow({ connected: false, calls: [call()] }));
      await visited.open();
      await visited.press('help');
      await visited.press('low-floor');
      for (const step of ['language-en', 'large']) {
        expect(await visited.cutTexts()).toEqual([]);
        for (const button of await visited.page.locator('main button:visible').all()) {
          const box = await button.boundingBox();
          expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(48);
        }
        await visited.press(step);
        await visited.closeMenu();
      }
      expect(await visited.cutTexts()).toEqual([]);
    },
  );
});
