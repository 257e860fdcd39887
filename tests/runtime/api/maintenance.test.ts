import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { failure } from '../../../runtime/api/contract.js';
import { isFromHere } from '../../../runtime/api/from-here.js';
import { maintenance, maintenanceSession } from '../../../runtime/api/maintenance.js';
import { latestReadings } from '../../../runtime/latest.js';
import { openMaintenance } from '../../../runtime/maintenance/maintenance.js';
import { hashPin } from '../../../runtime/maintenance/pin.js';
import type { ShelterEvent, StoredEvent } from '../../../runtime/reading.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { failingDisk } from '../../rigs/failing-disk.js';
import { scratchFolder } from '../../rigs/scratch.js';
import { fakeDesks } from './fake-desks.js';
import { calibrationsAtNoon, warmth } from './fake-source.js';
import { apiRig, ask, post, recordedLog } from './rig.js';

const right = '314159';
let pinFile: string;
beforeAll(async () => {
  pinFile = join(scratchFolder(), 'pin');
  await writeFile(pinFile, await hashPin(right));
});

const storedEvent = (seq: number, kind: string): StoredEvent => ({
  seq,
  kind,
  source: 'air',
  time: 1_000 * seq,
  monotonic: 0,
  detail: { message: `number ${seq}` },
});

async function rig({ from = 'here' as 'here' | 'anywhere', isSetUp = true } = {}) {
  const clock = virtualClock();
  const events: ShelterEvent[] = [];
  const latest = latestReadings();
  latest.expect([warmth], { interval: 10_000, staleAfter: 180_000 });
  latest.take({
    stream: warmth,
    time: 0,
    monotonic: 0,
    value: 21,
    raw: 21.4,
    quality: 3,
    calibration: 1,
    doubts: ['spike'],
  });
  const rows = [
    ...Array.from({ length: 60 }, (_, n) => storedEvent(n + 1, 'device.failing')),
    storedEvent(61, 'button.pressed'),
    storedEvent(62, 'maintenance.login'),
    storedEvent(63, 'maintenance.refused'),
    storedEvent(64, 'device.recovered'),
  ];
  const desk = openMaintenance({
    config: isSetUp ? { pinFile, from } : undefined,
    file: '/state/maintenance.json',
    disk: failingDisk(),
    clock,
    log: recordedLog(),
    onEvent: (event) => events.push(event),
    latest,
    calibrations: { versions: () => calibrationsAtNoon },
    timekeeping: { moved: () => 1_234 },
    store: () => ({
      status: async () => ({ last: { readings: 0, events: rows.length } }) as never,
      read: async (_log, { first, last }) => rows.filter(({ seq }) => seq >= first && seq <= last) as never,
    }),
  });
  const { api, log } = await apiRig({ desks: fakeDesks({ maintenance: desk }) });
  const login = (pin: unknown) => post(api.url, '/api/v1/maintenance/login', JSON.stringify({ pin }));
  const as = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
  return { api, log, clock, events, login, as };
}

describe('maintenance', () => {
  it('is open to whoever has the PIN, until the logout', async () => {
    const { api, login, as } = await rig();
    const { token, lasts } = maintenanceSession.parse((await login(right)).json());
    expect(lasts).toBe(300);

    const look = await ask(api.url, '/api/v1/maintenance', as(token));
    expect(maintenance.parse(look.json())).toMatchObject({
      streams: [
        {
          stream: 'roof/temperature',
          raw: 21.4,
          value: 21,
          flag: 'suspect',
          doubts: ['spike'],
          calibration: { version: 1, gain: 1, offset: -0.4 },
        },
      ],
      clock: { moved: 1.234 },
    });
    expect((await ask(api.url, '/api/v1/maintenance/stay', { method: 'POST', ...as(token) })).json()).toEqual(
      { lasts: 300 },
    );
    expect((await ask(api.url, '/api/v1/maintenance/logout', { method: 'POST', ...as(token) })).status).toBe(
      200,
    );
    expect((await ask(api.url, '/api/v1/maintenance', as(token))).status).toBe(401);
  });

  it('tells the last 50 faults, the newest first, and nothing that is none', async () => {
    const { api, login, as } = await rig();
    const { token } = maintenanceSession.parse((await login(right)).json());
    const answer = await ask(api.url, '/api/v1/maintenance/faults', as(token));
    const { faults } = answer.json() as { faults: { kind: string; detail: { message: string } }[] };
    expect(faults).toHaveLength(50);
    expect(faults.slice(0, 3).map(({ kind, detail }) => [kind, detail.message])).toEqual([
      ['device.recovered', 'number 64'],
      ['maintenance.refused', 'number 63'],
      ['device.failing', 'number 60'],
    ]);
  });

  it('is closed to everybody else', async () => {
    const { api, login } = await rig();
    maintenanceSession.parse((await login(right)).json());
    for (const path of ['/api/v1/maintenance', '/api/v1/maintenance/faults']) {
      for (const authorization of ['', 'Bearer', 'Bearer x', `Bearer ${'a'.repeat(43)}`, 'Basic YTpi']) {
        const answer = await ask(api.url, path, { headers: { authorization } });
        expect(answer.status).toBe(401);
        expect(failure.parse(answer.json()).code).toBe('MAINTENANCE_REFUSED');
      }
    }
  });

  it('says how long too many wrong PINs keep it closed', async () => {
    const { login, clock } = await rig();
    for (let n = 1; n < 5; n++) expect((await login('000000')).status).toBe(401);
    const locked = await login('000000');
    expect([locked.status, locked.headers['retry-after']]).toEqual([429, '60']);
    await clock.advance(20_000);
    const still = await login(right);
    expect([still.status, still.headers['retry-after']]).toEqual([429, '40']);
  });

  it('is not there without a PIN, and not for those who are not at the device', async () => {
    const without = await rig({ isSetUp: false });
    expect((await without.login(right)).status).toBe(403);
    const { api, login } = await rig();
    const passedOn = await post(api.url, '/api/v1/maintenance/login', `{"pin":"${right}"}`, {
      'x-forwarded-for': '10.0.0.9',
    });
    expect(passedOn.status).toBe(403);
    expect(failure.parse(passedOn.json()).code).toBe('MAINTENANCE_OFF');
    expect((await login(right)).status).toBe(200);
    const open = await rig({ from: 'anywhere' });
    expect(
      (await post(open.api.url, '/api/v1/maintenance/login', `{"pin":"${right}"}`, { via: '1.1 proxy' }))
        .status,
    ).toBe(200);
  });

  it('never repeats what was typed, be it a PIN or not', async () => {
    const { login, log, events } = await rig();
    const typed = fc.oneof(
      fc.stringMatching(/^[1-9][0-9]{4,13}$/),
      fc.string({ minLength: 6, maxLength: 300 }),
      fc.integer({ min: 100_000 }),
    );
    await fc.assert(
      fc.asyncProperty(typed, async (pin) => {
        const answer = await login(pin);
        expect(answer.status).toBeLessThan(500);
        expect(answer.text).not.toContain(JSON.stringify(pin).slice(1, -1));
        if (answer.status !== 200) failure.parse(answer.json());
      }),
      { numRuns: 60 },
    );
    expect(JSON.stringify([log.lines, events])).not.toMatch(/"pin"/);
  });
});

it('knows what comes from this machine itself', () => {
  const from = (ip: string, headers: Record<string, string> = {}) => isFromHere({ ip, headers });
  for (const ip of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1']) expect(from(ip)).toBe(true);
  for (const ip of [
    '10.0.0.1',
    '::ffff:10.0.0.1',
    '::',
    'fe80::1',
    '',
    '127.0.0.1.evil.example',
    '1270.0.0.1',
  ]) {
    expect(from(ip)).toBe(false);
  }
  expect(from('127.0.0.1', { forwarded: 'for=10.0.0.1' })).toBe(false);
});
