import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failure, health, kioskTurn } from '../../../runtime/api/contract.js';
import type { KioskAnswer, KioskReport, KioskStatus, KioskTurn } from '../../../runtime/api/kiosk.js';
import { settingsOfSeoul } from '../../kiosk/supervision/rig.js';
import { fakeDesks } from './fake-desks.js';
import { apiRig, ask } from './rig.js';

const token = 'k'.repeat(43);

const status: KioskStatus = {
  browser: 'chromium',
  shows: 'page',
  graphics: 'software',
  dark: false,
  brightness: null,
  memory: null,
  untouched: 3,
};

async function kioskRig(turn: KioskTurn = { settings: settingsOfSeoul, orders: [] }) {
  const reports: KioskReport[] = [];
  const asked: [KioskStatus, number][] = [];
  const answers: KioskAnswer[] = [];
  const desks = fakeDesks({
    kiosk: {
      token,
      report: (report) => void reports.push(report),
      async ask(told, patience) {
        asked.push([told, patience]);
        return turn;
      },
      answer: (given) => void answers.push(given),
      screenshot: async () => Buffer.from([0xff, 0xd8, 0xff, 0xd9]),
    },
    maintenance: { ...fakeDesks().maintenance, check: () => 60_000 },
  });
  const { api } = await apiRig({ desks });

  function post(path: string, body: unknown, headers: Record<string, string> = {}) {
    return ask(api.url, path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  return { api, post, reports, asked, answers };
}

const paths = ['/api/v1/kiosk/reports', '/api/v1/kiosk/orders', '/api/v1/kiosk/answers'];

describe('The kiosk', () => {
  it('reports what happened', async () => {
    const { post, reports } = await kioskRig();
    const detail = { step: 'reload', trouble: 'gone', count: 2, first: false };
    expect((await post('/api/v1/kiosk/reports', { kind: 'step', detail })).status).toBe(200);
    expect((await post('/api/v1/kiosk/reports', { kind: 'gpu-gone', detail: {}, ago: 4.5 })).status).toBe(
      200,
    );
    expect(reports).toEqual([
      { kind: 'step', detail, ago: 0 },
      { kind: 'gpu-gone', detail: {}, ago: 4.5 },
    ]);
  });

  it('asks for orders, tells how it is, and says how long it waits', async () => {
    const turn: KioskTurn = { settings: settingsOfSeoul, orders: [{ id: 'a', kind: 'reload' }] };
    const { post, asked } = await kioskRig(turn);
    const answer = await post('/api/v1/kiosk/orders?wait=0', status);
    expect(answer.status).toBe(200);
    expect(kioskTurn.parse(answer.json())).toEqual(turn);
    await post('/api/v1/kiosk/orders', status);
    expect(asked).toEqual([
      [status, 0],
      [status, 20_000],
    ]);
    expect((await post('/api/v1/kiosk/orders?wait=21', status)).status).toBe(400);
  });

  it('answers an order with a picture of 100 kB, and not with a greater one', async () => {
    const { post, answers } = await kioskRig();
    const jpeg = Buffer.alloc(100_000).toString('base64');
    expect((await post('/api/v1/kiosk/answers', { id: 'a', jpeg })).status).toBe(200);
    expect(answers).toEqual([{ id: 'a', jpeg }]);
    const larger = Buffer.alloc(110_000).toString('base64');
    expect((await post('/api/v1/kiosk/answers', { id: 'a', jpeg: larger })).status).toBe(400);
    const flood = await post('/api/v1/kiosk/answers', 'x'.repeat(1_000_000));
    expect([400, 413]).toContain(flood.status);
  });

  it.each(paths)('is nobody without the token of this start: %s', async (path) => {
    const { api, post, reports, asked, answers } = await kioskRig();
    for (const authorization of [
      '',
      'Bearer ',
      `Bearer ${'x'.repeat(43)}`,
      `Bearer ${token}x`,
      token,
      'Basic a2lvc2s=',
    ]) {
      const answer = await post(path, { kind: 'step', detail: {} }, { authorization });
      expect(answer.status).toBe(401);
      expect(failure.parse(answer.json()).code).toBe('KIOSK_UNKNOWN');
    }
    expect((await ask(api.url, path)).status).toBe(404);
    expect([reports, asked, answers]).toEqual([[], [], []]);
  });

  it('says nothing that it may not, whatever it sends', async () => {
    const { post, reports } = await kioskRig();
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (body) => {
        const { status } = await post('/api/v1/kiosk/reports', body);
        expect(status).toBe(400);
      }),
      { numRuns: 50 },
    );
    for (const report of [
      { kind: 'step', detail: { text: 'x'.repeat(201) } },
      { kind: 'step', detail: { 'a b': 1 } },
      { kind: 'step', detail: { nested: {} } },
      { kind: 'reboot', detail: {} },
      { kind: 'step', detail: {}, ago: -1 },
      { kind: 'step', detail: {}, source: 'city' },
      { kind: 'step', detail: Object.fromEntries([...'abcdefghijklm'].map((name) => [name, 1])) },
    ]) {
      expect((await post('/api/v1/kiosk/reports', report)).status).toBe(400);
    }
    expect(reports).toEqual([]);
  });

  it('is part of health', async () => {
    const { api } = await kioskRig();
    const told = health.parse((await ask(api.url, '/api/v1/health')).json());
    expect(told.kiosk).toMatchObject({ heard: 3, steps: { reload: 2, 'last-resort': 1 }, problem: null });
  });

  it('is part of the metrics', async () => {
    const { api } = await kioskRig();
    const { text } = await ask(api.url, '/metrics');
    expect(text).toContain('ushelter_kiosk_ok{browser="chromium"} 1');
    expect(text).toContain('ushelter_kiosk_heard_seconds{browser="chromium"} 3');
    expect(text).toContain('ushelter_kiosk_page_shown{browser="chromium"} 1');
    expect(text).toContain('ushelter_kiosk_page_memory_bytes{browser="chromium"} 120000000');
    expect(text).toContain('ushelter_kiosk_steps_total{step="reload"} 2');
  });

  it('shows a technician what stands on the screen', async () => {
    const { api } = await kioskRig();
    const answer = await ask(api.url, '/api/v1/maintenance/screenshot', {
      headers: { authorization: `Bearer ${'m'.repeat(43)}` },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('image/jpeg');
    expect(answer.headers['content-length']).toBe('4');
  });
});
