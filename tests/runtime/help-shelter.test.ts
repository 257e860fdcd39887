import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DriverError } from '../../drivers/contract.js';
import type { HardwarePorts } from '../../drivers/ports.js';
import type { Help, HelpCall } from '../../runtime/api/contract.js';
import { parseSite } from '../../runtime/load-site.js';
import { hashPin } from '../../runtime/maintenance/pin.js';
import { createShelter, type Shelter } from '../../runtime/shelter.js';
import { simulatedClockSync } from '../../simulators/clock-sync.js';
import { hearEvents } from '../rigs/api-events.js';
import { claims, signer } from '../rigs/city.js';
import { startProxy } from '../rigs/cuttable-proxy.js';
import { startMosquitto } from '../rigs/mosquitto.js';
import { scratchFolder } from '../rigs/scratch.js';

const city = signer();
const patience = { timeout: 10_000, interval: 20 };

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const absent = () => Promise.reject(new DriverError('PORT_NOT_FOUND', 'not in this test'));
const hardware: HardwarePorts = {
  serial: { open: absent },
  gpio: { openInput: absent, openOutput: absent },
  dht: { read: absent },
  firmata: { open: absent },
};

/** A stop without sensors, with a PIN, whose broker is at a port. */
async function stopAt(port: number) {
  const folder = scratchFolder();
  const pinFile = join(folder, 'pin');
  await writeFile(pinFile, await hashPin('314159'));
  const site = parseSite(`
id: a
name: { en: Stop }
place: { latitude: 1, longitude: 2 }
timeZone: Asia/Seoul
languages: [en]
store: { file: ${join(folder, 'readings.db')} }
api: { port: 0 }
kiosk: { help: { phone: 02-120 }, maintenance: { pinFile: ${pinFile} } }
uplink:
  url: mqtt://127.0.0.1:${port}
  topicPrefix: city
  trustedKeys: [{ name: city-1, key: "${city.trusted.key}" }]
`);
  const lines: string[] = [];
  const note = (fields: object, message: string) => void lines.push(JSON.stringify([fields, message]));

  async function start(): Promise<Shelter & { url: string }> {
    const clockSync = simulatedClockSync({ synchronised: true, by: 'timesyncd' });
    const log = { info: note, warn: note };
    const shelter = createShelter(site, { hardware, clockSync, random: () => 0.01, log });
    closing.push(() => shelter.stop());
    await shelter.start();
    return shelter as Shelter & { url: string };
  }

  return { start, lines };
}

/** The city’s end of the broker. */
async function openOffice(port: number) {
  const client: MqttClient = await connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 5 });
  closing.push(() => client.endAsync(true));
  const heard: { topic: string; text: string }[] = [];
  client.on('message', (topic, payload) => void heard.push({ topic, text: payload.toString() }));
  await client.subscribeAsync('city/#', { qos: 1 });
  return {
    heard,
    answer: (call: string, text: object) =>
      client.publishAsync(
        'city/a/commands',
        city.sign(
          claims(
            'command',
            { name: 'answer-help', args: { call, text } },
            { iat: Math.floor(Date.now() / 1_000) },
          ),
        ),
        { qos: 1 },
      ),
  };
}

async function callFrom(url: string, body: object): Promise<HelpCall> {
  const response = await fetch(`${url}/api/v1/help`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as HelpCall;
}

const helpAt = async (url: string): Promise<Help> =>
  (await (await fetch(`${url}/api/v1/help`)).json()) as Help;

describe('a call for help at a real stop', () => {
  it('goes from the screen to the city, and the city’s answer comes back to the screen', async () => {
    const broker = await startMosquitto();
    closing.push(() => broker.close());
    const office = await openOffice(broker.port);
    const shelter = await (await stopAt(broker.port)).start();
    const screen = await hearEvents(shelter.url);
    const told = () => screen.of('help').at(-1);
    await vi.waitFor(() => expect(told()).toMatchObject({ available: true, connected: true }), patience);

    const before = performance.now();
    const call = await callFrom(shelter.url, { kind: 'low-floor', line: '470' });
    expect(performance.now() - before).toBeLessThan(1_000);
    await vi.waitFor(() => expect(told()?.calls[0]?.state).toBe('sent'), patience);
    expect(office.heard.some(({ text }) => text.includes('help.requested') && text.includes(call.id))).toBe(
      true,
    );

    await office.answer(call.id, { en: 'A low-floor bus comes in 12 minutes.' });
    await vi.waitFor(() => expect(told()?.calls[0]?.state).toBe('answered'), patience);
    expect(told()?.calls[0]?.answer?.text).toEqual({ en: 'A low-floor bus comes in 12 minutes.' });
    await vi.waitFor(
      () => expect(office.heard.some(({ text }) => text.includes('help.answered'))).toBe(true),
      patience,
    );
  });

  it('that is made without a connection is kept over a restart, and sent when there is one', async () => {
    const broker = await startMosquitto();
    closing.push(() => broker.close());
    const line = await startProxy(broker.port);
    closing.push(() => line.close());
    const office = await openOffice(broker.port);
    line.muffle();
    const stop = await stopAt(line.port);
    const first = await stop.start();
    const call = await callFrom(first.url, { kind: 'call' });
    expect(call.state).toBe('received');
    expect(await helpAt(first.url)).toMatchObject({ connected: false, phone: '02-120' });
    await first.stop();

    const second = await stop.start();
    await vi.waitFor(async () => {
      expect((await helpAt(second.url)).calls).toMatchObject([{ id: call.id, state: 'received' }]);
    }, patience);
    expect(office.heard.some(({ text }) => text.includes(call.id))).toBe(false);
    line.cut();
    await vi.waitFor(async () => {
      expect((await helpAt(second.url)).calls).toMatchObject([{ id: call.id, state: 'sent' }]);
    }, patience);
    await vi.waitFor(
      () => expect(office.heard.some(({ text }) => text.includes(call.id))).toBe(true),
      patience,
    );
  });
});

it('a technician’s login and its end are on record upstream, and the PIN is nowhere', async () => {
  const broker = await startMosquitto();
  closing.push(() => broker.close());
  const office = await openOffice(broker.port);
  const { start, lines } = await stopAt(broker.port);
  const shelter = await start();
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${shelter.url}/api/v1/maintenance${path}`, init);
  const login = (pin: string) =>
    ask('/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ pin }),
    });
  expect((await login('271828')).status).toBe(401);
  const { token } = (await (await login('314159')).json()) as { token: string };
  const headers = { authorization: `Bearer ${token}` };
  expect((await ask('', { headers })).status).toBe(200);
  await vi.waitFor(async () => {
    const { faults } = (await (await ask('/faults', { headers })).json()) as { faults: { kind: string }[] };
    expect(faults.map(({ kind }) => kind)).toContain('maintenance.refused');
  }, patience);
  expect((await ask('/logout', { method: 'POST', headers })).status).toBe(200);

  const upstream = () => office.heard.map(({ text }) => text).join('\n');
  await vi.waitFor(() => {
    for (const kind of ['refused', 'login', 'logout']) expect(upstream()).toContain(`maintenance.${kind}`);
  }, patience);
  expect(upstream() + lines.join('\n')).not.toMatch(/271828|314159|scrypt/);
});
