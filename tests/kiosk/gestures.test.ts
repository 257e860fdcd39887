import type { CDPSession } from 'playwright-core';
import { describe, expect, it, vi } from 'vitest';
import { hasChromium } from '../rigs/chromium.js';
import { patient, visitPage } from './visited-page.js';

/** What a shell puts there before the page. */
const shell = 'globalThis.ushelterShell = { tell() {}, listen() {} };';

interface Place {
  x: number;
  y: number;
}

const middle = { x: 540, y: 700 };

describe.skipIf(!hasChromium())('Gestures', () => {
  const visited = visitPage();
  let panel: CDPSession;

  async function open(before = ''): Promise<void> {
    await (await visited.takeOwnPage()).addInitScript({ content: before });
    await visited.open();
    await visited.page.locator('.arrival').first().waitFor();
    panel = await visited.page.context().newCDPSession(visited.page);
  }

  const zoom = () => visited.page.evaluate<number>('visualViewport.scale');

  /** Fingers that go from their places to others, in small steps, and are lifted there. */
  async function drag(fingers: readonly { from: Place; to: Place }[]): Promise<void> {
    const at = (share: number) =>
      fingers.map(({ from, to }, id) => ({
        id,
        x: from.x + (to.x - from.x) * share,
        y: from.y + (to.y - from.y) * share,
      }));
    await panel.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) });
    for (let step = 1; step <= 10; step++) {
      await panel.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(step / 10) });
    }
    await panel.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  }

  const pinch = ({ x, y }: Place) =>
    drag([
      { from: { x: x - 30, y }, to: { x: x - 250, y } },
      { from: { x: x + 30, y }, to: { x: x + 250, y } },
    ]);

  it('of two fingers enlarge a page that is one’s own', async () => {
    await open();
    await pinch(middle);
    await vi.waitFor(async () => expect(await zoom()).toBeGreaterThan(1.5), patient);
  });

  it('of two fingers leave the page of a kiosk as large as it is, on whatever they begin', async () => {
    await open(shell);
    for (const screen of ['board', 'air', 'help']) {
      await visited.press(screen);
      for (const place of [middle, { x: 540, y: 60 }, { x: 540, y: 1_850 }]) await pinch(place);
      expect(await zoom()).toBe(1);
    }
  });

  it('of one finger move nothing of a kiosk', async () => {
    await open(shell);
    const row = visited.page.locator('.arrival').first();
    const before = await row.boundingBox();
    for (const to of [
      { x: 60, y: 700 },
      { x: 540, y: 100 },
      { x: 540, y: 1_500 },
    ]) {
      await drag([{ from: middle, to }]);
    }
    expect(await row.boundingBox()).toEqual(before);
    expect(await visited.page.evaluate('[scrollX, scrollY]')).toEqual([0, 0]);
    expect(await visited.page.locator('.frame').getAttribute('data-screen')).toBe('board');
  });
});
