import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedPicture } from '../../../kiosk/supervision/bounded-picture.js';
import { parsePageNews } from '../../../kiosk/supervision/page-link.js';
import { parseAccess, readAccess } from '../../../kiosk/supervision/runtime-access.js';
import { linkToRuntime, type Post } from '../../../kiosk/supervision/runtime-link.js';
import type { KioskStatus } from '../../../runtime/api/contract.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { scratchFolder } from '../../rigs/scratch.js';
import { kioskRig, settingsOfSeoul } from './rig.js';

const minute = 60_000;

const status: KioskStatus = {
  browser: 'chromium',
  shows: 'page',
  graphics: 'gpu',
  dark: false,
  brightness: null,
  memory: null,
  untouched: 0,
};

function link(answer: (path: string, body: unknown, calls: number) => { status: number; body: unknown }) {
  const clock = virtualClock();
  const calls: { path: string; body: Record<string, unknown>; at: number }[] = [];
  const lines: string[] = [];
  const post: Post = async (path, body) => {
    calls.push({ path, body: body as Record<string, unknown>, at: clock.monotonic() });
    return answer(path, body, calls.length);
  };
  const linked = linkToRuntime({
    post,
    clock,
    status: () => status,
    onSettings: () => {},
    carryOut: async () => ({}),
    log: (line) => lines.push(line),
  });
  const reports = () => calls.filter(({ path }) => path.endsWith('/reports'));
  return { clock, calls, lines, linked, reports };
}

describe('A report', () => {
  it('waits for the runtime, and then says how long ago it was', async () => {
    const rig = kioskRig();
    rig.start();
    await rig.run(minute);
    rig.world.reachable = false;
    await rig.run(10_000);
    rig.keeper.listener.onGpuGone();
    await rig.run(5 * minute);
    expect(rig.kinds()).not.toContain('gpu-gone');
    rig.world.reachable = true;
    await rig.run(minute);
    expect(rig.reports.find(({ kind }) => kind === 'gpu-gone')).toMatchObject({ at: 70 });
  });

  it('is sent again to a runtime that does not know the token yet, and is busy, and then is there', async () => {
    const codes = [401, 429, 503, 200];
    const { clock, linked, reports } = link((path) => ({
      status: path.endsWith('/reports') ? (codes.shift() ?? 200) : 500,
      body: {},
    }));
    linked.report('gpu-gone', {});
    await clock.advance(minute);
    expect(reports().map(({ at }) => at)).toEqual([0, 1_000, 3_000, 8_000]);
    linked.stop();
  });

  it('that the runtime does not take is dropped with a line in the log, and the next one follows', async () => {
    const codes = [400, 200];
    const { clock, linked, lines, reports } = link((path) => ({
      status: path.endsWith('/reports') ? (codes.shift() ?? 200) : 500,
      body: {},
    }));
    linked.report('gpu-gone', {});
    linked.report('browser-gone', {});
    await clock.advance(minute);
    expect(reports().map(({ body }) => body.kind)).toEqual(['gpu-gone', 'browser-gone']);
    expect(lines.some((line) => line.includes('does not take'))).toBe(true);
    linked.stop();
  });

  it('gives way to newer ones: a week without the runtime fills no memory', async () => {
    let isThere = false;
    const { clock, linked, reports } = link(() => {
      if (!isThere) throw new Error('nobody');
      return { status: 200, body: {} };
    });
    for (let count = 0; count < 1_000; count++) linked.report('step', { count });
    isThere = true;
    const before = reports().length;
    await clock.advance(minute);
    const sent = reports().slice(before);
    expect(sent.length).toBeLessThanOrEqual(101);
    expect(sent.at(-1)?.body).toMatchObject({ detail: { count: 999 } });
    linked.stop();
  });
});

describe('How the screen is', () => {
  it('is told as soon as it changes, and not only with the next question', async () => {
    const rig = kioskRig();
    rig.start();
    await rig.run(1_000);
    expect(rig.statuses.at(-1)).toMatchObject({ shows: 'page', browser: 'electron', graphics: 'gpu' });
    rig.world.reachable = false;
    rig.keeper.listener.onRendererGone();
    await rig.run(1_000);
    rig.world.reachable = true;
    await rig.run(40_000);
    expect(rig.statuses.at(-1)).toMatchObject({ shows: 'page', untouched: expect.any(Number) });
  });
});

describe('Orders', () => {
  it('are asked for at once, and then as soon as one was answered; after a failure ever more slowly', async () => {
    const { clock, calls, linked } = link((_, __, count) =>
      count <= 2
        ? { status: 200, body: { settings: settingsOfSeoul, orders: [] } }
        : { status: 500, body: {} },
    );
    await clock.advance(20_000);
    expect(calls.map(({ path }) => path.split('?')[1])).toEqual([
      'wait=0',
      'wait=20',
      'wait=20',
      'wait=0',
      'wait=0',
      'wait=0',
      'wait=0',
    ]);
    expect(calls.map(({ at }) => at)).toEqual([0, 0, 0, 1_000, 3_000, 8_000, 18_000]);
    linked.stop();
  });

  it('of nonsense are not obeyed', async () => {
    const { clock, lines, linked } = link(() => ({ status: 200, body: { orders: 'all' } }));
    await clock.advance(100);
    expect(lines[0]).toMatch(/gives no orders/);
    linked.stop();
  });

  it('for a picture are answered with one that is small enough', async () => {
    const rig = kioskRig();
    rig.start();
    rig.order({ id: 'p', kind: 'screenshot', mostBytes: 40_000 });
    await rig.run(minute);
    expect(rig.answers).toEqual([{ id: 'p', jpeg: Buffer.alloc(36_000).toString('base64') }]);
  });

  it('that cannot be carried out are answered with why', async () => {
    const rig = kioskRig();
    rig.start();
    rig.order({ id: 'p', kind: 'screenshot', mostBytes: 10 });
    await rig.run(minute);
    expect(rig.answers).toEqual([{ id: 'p', problem: expect.stringContaining('10 bytes') }]);
  });

  it('to load the page anew are obeyed', async () => {
    const rig = kioskRig();
    rig.start();
    rig.order({ id: 'r', kind: 'reload' });
    await rig.run(minute);
    expect(rig.shown).toEqual(['home at 0', expect.stringMatching(/^new renderer/)]);
    expect(rig.answers).toEqual([{ id: 'r' }]);
  });
});

it('a picture is the best one that fits', async () => {
  const asked: number[] = [];
  const take = async (width: number, quality: number) => {
    asked.push(width, quality);
    return new Uint8Array(width * quality);
  };
  expect(await boundedPicture(take, 30_000)).toHaveLength(540 * 45);
  expect(asked).toEqual([720, 70, 720, 45, 540, 45]);
});

describe('What the page tells', () => {
  it('is heard, and goes on as a report', async () => {
    const rig = kioskRig();
    rig.start();
    rig.keeper.listener.onNews({ kind: 'touch-stuck', seconds: 60 });
    rig.keeper.listener.onNews({ kind: 'touch-dead', hours: 24, people: 40 });
    await rig.run(1_000);
    expect(rig.reports).toContainEqual({ kind: 'touch-stuck', detail: { seconds: 60 }, at: 0 });
    expect(rig.reports).toContainEqual({ kind: 'touch-dead', detail: { hours: 24, people: 40 }, at: 0 });
  });

  it('is nothing else than it may tell', () => {
    expect(parsePageNews({ kind: 'touch-stuck', seconds: 61, more: 'of it' })).toEqual({
      kind: 'touch-stuck',
      seconds: 61,
    });
    for (const nonsense of [
      { kind: 'touch-stuck' },
      { kind: 'touch-stuck', seconds: '61' },
      { kind: 'toString' },
    ]) {
      expect(parsePageNews(nonsense)).toBeUndefined();
    }
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        const news = parsePageNews(anything);
        if (news) expect(JSON.stringify(news).length).toBeLessThan(200);
      }),
    );
  });
});

describe('The file of the runtime', () => {
  it('says where it is and by what it knows the kiosk', async () => {
    const file = join(scratchFolder(), 'kiosk.json');
    const access = { url: 'http://127.0.0.1:8081', token: 'a'.repeat(43) };
    expect(await readAccess(file)).toBeUndefined();
    writeFileSync(file, JSON.stringify(access));
    expect(await readAccess(file)).toEqual(access);
    writeFileSync(file, '{"url": "http://127.0');
    expect(await readAccess(file)).toBeUndefined();
  });

  it('of anything else says nothing', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        expect(parseAccess(anything)).toBeUndefined();
      }),
    );
    expect(parseAccess({ url: 'file:///etc/passwd', token: 'a'.repeat(43) })).toBeUndefined();
    expect(parseAccess({ url: 'http://127.0.0.1:8080', token: 'x\r\ny'.repeat(10) })).toBeUndefined();
  });
});
