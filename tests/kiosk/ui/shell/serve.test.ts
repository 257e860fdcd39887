import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PageNews, PageOrder } from '../../../../kiosk/supervision/page-link.js';
import { hasChromium, launchChromium } from '../../../rigs/chromium.js';
import { buildKeptPage, type PageServer, servePage } from '../../browser/rig.js';

const patience = { timeout: 5_000, interval: 20 };

/** A shell that remembers what it is told. */
const playedShell = `
  const told = [];
  const listeners = [];
  globalThis.kept = { told, order: (given) => listeners.forEach((listener) => listener(given)) };
  globalThis.ushelterShell = {
    tell: (news) => told.push(news),
    listen: (listener) => listeners.push(listener),
  };
`;

describe.skipIf(!hasChromium())('The page, kept by a shell', () => {
  let browser: Browser;
  let server: PageServer;
  let page: Page;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchChromium(), buildKeptPage().then(servePage)]);
  });

  afterAll(async () => {
    await browser.close();
    await server.die();
  });

  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 540, height: 960 }, hasTouch: true });
    await page.clock.install();
    await page.addInitScript({ content: playedShell });
    await page.goto(server.url.href);
  });

  afterEach(() => page.close());

  const ask = <Answer>(expression: string) => page.evaluate<Answer>(expression);
  const told = () => ask<PageNews[]>(`kept.told.filter(({ kind }) => kind !== 'alive')`);
  const order = (given: PageOrder) => ask(`kept.order(${JSON.stringify(given)})`);
  const pressed = () => ask<string>(`document.body.dataset.pressed ?? ''`);

  async function placeOf(id: string): Promise<{ x: number; y: number }> {
    const box = await page.locator(`#${id}`).boundingBox();
    if (!box) throw new Error(`there is no ${id}`);
    return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
  }

  /** Fingers as the panel feels them: each call names all that are down. */
  async function panel() {
    const session = await page.context().newCDPSession(page);
    return (type: 'touchStart' | 'touchEnd', touchPoints: { x: number; y: number; id: number }[]) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints });
  }

  it('tells each second that it draws, and draws something else', async () => {
    const marker = { x: 0, y: 0, width: 16, height: 2 };
    const first = await page.screenshot({ clip: marker });
    await page.clock.runFor(1_000);
    await vi.waitFor(async () => {
      expect(await ask<number>('kept.told.length')).toBeGreaterThan(0);
    }, patience);
    expect(await page.screenshot({ clip: marker })).not.toEqual(first);
  });

  it('draws elsewhere when it is told', async () => {
    await order({ kind: 'shift', x: -3, y: 4 });
    const shift = await ask(
      `['--shift-x', '--shift-y'].map((name) => document.documentElement.style.getPropertyValue(name))`,
    );
    expect(shift).toEqual(['-3px', '4px']);
  });

  it('is dark when it is told; the touch that wakes it presses nothing, and the next one does', async () => {
    await order({ kind: 'dark', dark: true });
    expect(await page.locator('.shell-dark').count()).toBe(1);
    await page.touchscreen.tap(...xy(await placeOf('first')));
    expect(await page.locator('.shell-dark').count()).toBe(0);
    expect(await told()).toEqual([{ kind: 'touched' }]);
    expect(await pressed()).toBe('');
    await page.touchscreen.tap(...xy(await placeOf('first')));
    expect(await pressed()).toBe('first');
  });

  it('wakes at a key as well, which presses nothing', async () => {
    await page.locator('#first').focus();
    await order({ kind: 'dark', dark: true });
    await page.keyboard.press('Enter');
    expect(await page.locator('.shell-dark').count()).toBe(0);
    expect(await pressed()).toBe('');
    await page.keyboard.press('Enter');
    expect(await pressed()).toBe('first');
  });

  it('lets everything through again when the shell lights it', async () => {
    await order({ kind: 'dark', dark: true });
    await order({ kind: 'dark', dark: false });
    await page.touchscreen.tap(...xy(await placeOf('second')));
    expect(await pressed()).toBe('second');
  });

  it('ignores a finger that is never lifted: others press beside it', async () => {
    const touch = await panel();
    const stuck = { x: 500, y: 900, id: 9 };
    await touch('touchStart', [stuck]);
    await page.clock.runFor(61_000);
    expect(await told()).toContainEqual({ kind: 'touch-stuck', seconds: 60 });
    const second = { ...(await placeOf('second')), id: 1 };
    await touch('touchStart', [stuck, second]);
    // All are lifted one by one, in the order of their numbers: the stuck one last.
    await touch('touchEnd', []);
    await vi.waitFor(async () => expect(await pressed()).toBe('second'), patience);
    expect((await told()).at(-1)).toMatchObject({ kind: 'touch-released' });
    expect(await pressed()).toBe('second');
  });

  it('has no menu at a long press, selects nothing, and drags nothing', async () => {
    const prevented = await ask(`['contextmenu', 'dragstart'].map((name) => {
      const event = new Event(name, { bubbles: true, cancelable: true });
      document.querySelector('#out').dispatchEvent(event);
      return event.defaultPrevented;
    })`);
    expect(prevented).toEqual([true, true]);
    expect(await ask('getComputedStyle(document.body).userSelect')).toBe('none');
  });
});

function xy({ x, y }: { x: number; y: number }): [number, number] {
  return [x, y];
}
