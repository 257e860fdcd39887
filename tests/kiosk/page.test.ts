import { describe, expect, it, vi } from 'vitest';
import { hasChromium } from '../rigs/chromium.js';
import { arrival } from './city-scene.js';
import { streamNow } from './scene.js';
import { current, expectText, patient, seen, visitPage } from './visited-page.js';

describe.skipIf(!hasChromium())('The page', () => {
  const visited = visitPage();

  const stream = (id: string) => visited.page.locator(`[data-stream="${id}"]`);
  const alert = () => visited.page.getByRole('alert');
  const board = () => visited.page.locator('.frame[data-screen="board"][data-link="live"] .arrival');

  async function expectState(id: string, state: string): Promise<void> {
    await vi.waitFor(async () => expect(await stream(id).getAttribute('data-state')).toBe(state), patient);
  }

  async function openAir(): Promise<void> {
    await visited.open();
    await visited.press('air');
  }

  it('asks nobody but the shelter, and complains of nothing', async () => {
    await visited.open();
    await expectText(board().first(), '470');
    expect(await visited.page.title()).toBe('종로2가');
    expect(visited.requests.filter((url) => !url.startsWith(visited.shelter.url))).toEqual([]);
    expect(visited.complaints).toEqual([]);
  });

  it('follows each new value', async () => {
    await openAir();
    await expectText(stream('air/pm10'), '27');
    visited.shelter.send('stream', streamNow('air', 'pm10', 31, { age: 0 }));
    await expectText(stream('air/pm10'), '31');
  });

  it('hides its clock while nobody knows the time', async () => {
    await visited.open();
    await expectText(visited.page.locator('.clock'), /^\d\d:\d\d$/);
    visited.shelter.show(current({ time: null }));
    await vi.waitFor(async () => expect(await visited.page.locator('.clock').count()).toBe(0), patient);
    // Without a time nothing is counted down.
    await expectText(visited.page.locator('.arrival[data-line="111"]'), /\d\d:\d\d\s+시간표/);
    expect(await visited.page.locator('.arrival .number').count()).toBe(0);
  });

  it('says within 5 s that the runtime is gone, hides the clock, and recovers by itself', async () => {
    await openAir();
    await expectState('air/pm10', 'fresh');
    expect(await seen(visited.page.locator('.clock'))).toMatch(/^\d\d:\d\d$/);

    const died = performance.now();
    await visited.shelter.die();
    await expectText(alert(), /데이터 없음 – 연결되지 않음\s+마지막 수신 \d\d:\d\d/);
    expect(performance.now() - died).toBeLessThan(5_000);
    await expectState('air/pm10', 'stale');
    expect(await visited.page.locator('.clock').count()).toBe(0);

    await visited.shelter.rise();
    await expectState('air/pm10', 'fresh');
    expect(await alert().count()).toBe(0);
    expect(await visited.page.locator('.clock').count()).toBe(1);
  });

  it('says within 5 s that the runtime hangs', async () => {
    await visited.open();
    await expectText(board().first(), '470');
    const hung = performance.now();
    visited.shelter.hang();
    await expectText(alert(), '데이터 없음');
    expect(performance.now() - hung).toBeLessThan(5_000);
  });

  it('says so when it never reached the runtime', async () => {
    visited.shelter.hang();
    await visited.page.goto(visited.shelter.url);
    await expectText(alert(), /데이터 없음|No data/);
  });

  it.each(['a stream', 'what the city sent'])(
    'stays up when the runtime talks nonsense of %s',
    async (what) => {
      await visited.open();
      await expectText(board().first(), '470');
      if (what === 'a stream') {
        visited.shelter.send('stream', { ...streamNow('air', 'pm10', 1), digits: 999 });
      } else {
        const nonsense = { ...arrival(Date.now(), '1', 1), expected: 'soon' };
        const body = { arrivals: [nonsense] };
        const arrivals = { issued: '', expires: '', signedBy: null, sources: [], body };
        const nothing = { routes: null, notices: null, air: null, emergency: null };
        visited.shelter.send('content', { arrivals, ...nothing });
      }
      await vi.waitFor(async () => expect(await alert().count()).toBe(1), patient);
      await expectText(board().first(), '470');
      expect(await alert().count()).toBe(0);
      expect(visited.complaints).toEqual([]);
    },
  );

  it('speaks the site’s language, and another one at a touch', async () => {
    await visited.open();
    await expectText(visited.page.getByRole('heading', { level: 1 }), '종로2가');
    expect(await visited.page.locator('html').getAttribute('lang')).toBe('ko');
    await visited.press('language-en');
    await expectText(visited.page.getByRole('heading', { level: 1 }), 'Jongno 2-ga');
    expect(await visited.page.locator('html').getAttribute('lang')).toBe('en');
    await expectText(board().first(), /2 stops away\s+Low floor\s+Seats\s+3\s*min\s+Live/);
    const lines = /종로09/g;
    expect((await seen(visited.page.locator('main'))).replace(lines, '')).not.toMatch(/[가-힣]/);
  });

  it('tells of a pressed button', async () => {
    await visited.open();
    await expectText(board().first(), '470');
    const time = new Date().toISOString();
    visited.shelter.send('event', { kind: 'button.pressed', source: 'help', time, detail: {} });
    await expectText(visited.page.locator('[data-event="button.pressed"]'), /버튼이 눌렸습니다/);
  });
});
