import { describe, expect, it, vi } from 'vitest';
import { hasChromium } from '../rigs/chromium.js';
import { current, expectText, patient, seen, visitPage } from './visited-page.js';

describe.skipIf(!hasChromium())('The frame', () => {
  const visited = visitPage();
  const frame = () => visited.page.locator('.frame');
  const focused = () => visited.page.locator(':focus');

  it('has the way home in the same place on every screen', async () => {
    await visited.open();
    const home = visited.page.locator('[data-control="board"]');
    const place = await home.boundingBox();
    for (const screen of ['air', 'help', 'take-along', 'notices']) {
      if (screen === 'notices') await visited.press('board');
      await visited.press(screen);
      await vi.waitFor(async () => expect(await frame().getAttribute('data-screen')).toBe(screen), patient);
      expect(await home.boundingBox()).toEqual(place);
    }
    await home.click();
    expect(await frame().getAttribute('data-screen')).toBe('board');
  });

  it('leads to the air and to help in one touch', async () => {
    await visited.open();
    await visited.page.locator('[data-strip="air"]').click();
    expect(await frame().getAttribute('data-screen')).toBe('air');
    await visited.press('help');
    expect(await frame().getAttribute('data-screen')).toBe('help');
  });

  it.each(['large', 'contrast', 'low'])(
    'has the mode %s on every screen, until it is turned off',
    async (mode) => {
      await visited.open();
      const isOn = () => visited.page.locator(`html[data-${mode}]`).count();
      await visited.press(mode);
      for (const screen of ['air', 'help', 'board']) {
        await visited.press(screen);
        expect(await isOn()).toBe(1);
      }
      await visited.press(mode);
      expect(await isOn()).toBe(0);
    },
  );

  it('doubles all letters in the large mode', async () => {
    await visited.open();
    const size = () =>
      visited.page.evaluate<string>('getComputedStyle(document.querySelector(".marks")).fontSize');
    const before = Number.parseFloat(await size());
    await visited.press('large');
    await vi.waitFor(async () => expect(Number.parseFloat(await size())).toBeCloseTo(2 * before), patient);
  });

  it('moves everything within reach in the low position', async () => {
    await visited.open();
    await visited.press('low');
    await visited.settle();
    const box = await frame().boundingBox();
    expect(box?.height).toBe((1_220 - 900) * 4);
    expect(box && box.y + box.height).toBe(1_920);
    const heights = await visited.page.evaluate<number[]>(
      '[...document.querySelectorAll(".frame *")].filter((one) => one.checkVisibility() && !one.closest(".unseen")).map((one) => one.getBoundingClientRect().top)',
    );
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(1_920 - 320 * 4 - 8);
  });

  it('has no low position where all of the panel is within reach', async () => {
    await visited.page.setViewportSize({ width: 1920, height: 1080 });
    await visited.open();
    expect(await visited.page.locator('[data-control="large"]').isVisible()).toBe(true);
    expect(await visited.page.locator('[data-control="low"]').count()).toBe(0);
  });

  it('shifts as a whole against burn-in, and nothing scrolls for it', async () => {
    await visited.open();
    const row = visited.page.locator('.arrival').first();
    const before = await row.boundingBox();
    await visited.page.evaluate(
      'document.documentElement.style.setProperty("--shift-x", "8px"); document.documentElement.style.setProperty("--shift-y", "-8px")',
    );
    const after = await row.boundingBox();
    expect([after?.x, after?.y]).toEqual([(before?.x ?? 0) + 8, (before?.y ?? 0) - 8]);
    expect(
      await visited.page.evaluate(
        '[document.documentElement.scrollWidth, document.documentElement.scrollHeight]',
      ),
    ).toEqual([1080, 1920]);
  });

  it('lists more than two languages, each in its own words', async () => {
    const { site } = current();
    visited.shelter.show(current({ site: { ...site, languages: ['ko', 'en', 'ja', 'zh', 'vi'] } }));
    await visited.open();
    await visited.press('languages');
    const sheet = visited.page.getByRole('dialog');
    await expectText(sheet, /한국어\s+English\s+日本語\s+中文|简体中文/);
    await visited.press('language-ja');
    expect(await sheet.count()).toBe(0);
    await expectText(visited.page.locator('.bar'), /ホーム[\s\S]*Language/);
  });

  describe('with a keypad', () => {
    it('reaches every control in reading order, and shows where one is', async () => {
      await visited.open();
      const all = await visited.page.evaluate<string[]>(
        `[...document.querySelectorAll('.frame button')]
          .filter((one) => one.checkVisibility({ visibilityProperty: true }))
          .filter((one) => { const { left, right } = one.getBoundingClientRect(); return left >= 0 && right <= innerWidth; })
          .map((one) => one.innerText)`,
      );
      const reached: string[] = [];
      for (let count = 0; count < all.length; count++) {
        await visited.page.keyboard.press('ArrowRight');
        reached.push(await seen(focused()));
        expect(await visited.page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe(
          'solid',
        );
      }
      const withoutSeconds = (text: string) => text.replace(/\d+(?=초)/g, '');
      expect(reached.map(withoutSeconds)).toEqual(all.map(withoutSeconds));
      expect(reached.length).toBeGreaterThan(12);
    });

    it('presses with Enter, begins where the reading does, and goes back with Escape', async () => {
      await visited.open();
      await visited.page.keyboard.press('ArrowDown');
      expect(await focused().getAttribute('data-control')).toBe('route');
      await visited.page.keyboard.press('ArrowUp');
      while ((await focused().getAttribute('data-control')) !== 'help') {
        await visited.page.keyboard.press('ArrowLeft');
      }
      await visited.page.keyboard.press('Enter');
      expect(await frame().getAttribute('data-screen')).toBe('help');
      await vi.waitFor(
        async () =>
          expect(
            await visited.page.evaluate('document.activeElement === document.querySelector(".frame button")'),
          ).toBe(true),
        patient,
      );
      await visited.page.keyboard.press('Escape');
      expect(await frame().getAttribute('data-screen')).toBe('board');
    });

    it('leaves the focus alone where fingers are used', async () => {
      await visited.open();
      await visited.press('help');
      await visited.settle();
      expect(await visited.page.evaluate('document.activeElement.closest("main") !== null')).toBe(false);
    });
  });

  describe('when nobody touches it any more', () => {
    const asking = () => visited.page.getByRole('alertdialog');

    async function pass(ms: number): Promise<void> {
      await visited.page.clock.runFor(ms);
    }

    it('asks, counts down, goes on at a touch, and puts everything back', async () => {
      await (await visited.takeOwnPage()).clock.install();
      await visited.open();
      await visited.press('language-en');
      await visited.press('contrast');
      await visited.press('help');
      await pass(61_000);
      await expectText(asking(), /29|30/);
      await expectText(asking(), /Are you still there\?[\s\S]*Go on/);
      await pass(10_000);
      await expectText(asking(), /(19|20) s left/);
      // The touch that answers presses nothing else.
      await visited.page.mouse.click(540, 1_800);
      expect(await asking().count()).toBe(0);
      expect(await frame().getAttribute('data-screen')).toBe('help');
      await pass(61_000);
      expect(await asking().count()).toBe(1);
      await visited.page.keyboard.press('ArrowDown');
      expect(await asking().count()).toBe(0);
      await pass(91_000);
      expect(await asking().count()).toBe(0);
      expect(await frame().getAttribute('data-screen')).toBe('board');
      expect(await visited.page.locator('html[data-contrast]').count()).toBe(0);
      expect(await visited.page.locator('html').getAttribute('lang')).toBe('ko');
    });

    it('asks nobody where nobody was', async () => {
      await (await visited.takeOwnPage()).clock.install();
      await visited.open();
      await pass(600_000);
      expect(await asking().count()).toBe(0);
    });
  });
});
