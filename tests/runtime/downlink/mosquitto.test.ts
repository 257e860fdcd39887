import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { connectAsync, type IClientPublishOptions, type MqttClient } from 'mqtt';
import { describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../drivers/bindings/system-clock.js';
import { DriverError } from '../../../drivers/contract.js';
import type { HardwarePorts } from '../../../drivers/ports.js';
import type { Content } from '../../../runtime/api/content.js';
import { parseSite } from '../../../runtime/load-site.js';
import type { Logger } from '../../../runtime/logger.js';
import { createShelter, type Shelter } from '../../../runtime/shelter.js';
import { memoryWires } from '../../../simulators/buses/memory.js';
import { simulatedClockSync } from '../../../simulators/clock-sync.js';
import {
  createSerialTwin,
  modelledEnvironment,
  simulateDevice,
  simulatedGpio,
} from '../../../simulators/index.js';
import { hearEvents } from '../../rigs/api-events.js';
import { type Claims, claims, signer } from '../../rigs/city.js';
import { mosquitto, startMosquitto } from '../../rigs/mosquitto.js';
import { scratchFolder } from '../../rigs/scratch.js';

const city = signer();
const patience = { timeout: 10_000, interval: 20 };

/** Has something done when the test is over, whatever became of it; what came last is done first. */
type AtTheEnd = (close: () => Promise<void>) => void;

const absent = () => Promise.reject(new DriverError('PORT_NOT_FOUND', 'not in this test'));

/** A shelter with one simulated SDS011 and one lamp, at a real broker. */
async function openStop(atTheEnd: AtTheEnd) {
  const broker = await startMosquitto();
  atTheEnd(() => broker.close());
  const wires = memoryWires();
  const gpio = simulatedGpio({ clock: systemClock });
  const twin = createSerialTwin('sds011');
  if (!twin) throw new Error('there is no simulated SDS011');
  const device = await simulateDevice({
    twin,
    bus: wires.bus('/dev/air'),
    environment: modelledEnvironment(1),
    clock: systemClock,
    seed: 1,
  });
  atTheEnd(() => device.close());
  const clockSync = simulatedClockSync({ synchronised: true, by: 'timesyncd' });
  const hardware: HardwarePorts = {
    serial: wires.ports,
    gpio: gpio.lines,
    dht: { read: absent },
    firmata: { open: absent },
  };
  const site = parseSite(`
id: a
name: { en: Stop }
place: { latitude: 1, longitude: 2 }
timeZone: Asia/Seoul
languages: [en]
serial: { air: { path: /dev/air } }
gpio: { lines: { lamp: 27 } }
sensors: [{ id: air, driver: sds011, port: air, interval: 1 h }]
outputs: [{ id: lamp, driver: led, port: lamp }]
store: { file: ${join(scratchFolder(), 'readings.db')}, commitInterval: 100 ms }
api: { port: 0 }
uplink:
  url: mqtt://127.0.0.1:${broker.port}
  topicPrefix: city
  trustedKeys: [{ name: city-1, key: "${city.trusted.key}" }]
`);
  const log: Logger = { info() {}, warn() {}, level: 'info' };
  const onRestart = vi.fn();

  async function start(onReading = () => {}): Promise<Shelter> {
    const shelter = createShelter(site, { hardware, clockSync, random: () => 0.01, log, onRestart });
    atTheEnd(() => shelter.stop());
    shelter.on('reading', onReading);
    await shelter.start();
    return shelter;
  }

  return { broker, start, gpio, log, onRestart, office: await openOffice(broker.port, atTheEnd) };
}

/** The city's end of the broker. */
async function openOffice(port: number, atTheEnd: AtTheEnd) {
  const client: MqttClient = await connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 5 });
  atTheEnd(() => client.endAsync(true));
  const heard: { topic: string; json: unknown; correlation: Buffer | undefined }[] = [];
  client.on('message', (topic, payload, { properties }) => {
    const text = payload.toString();
    if (!/^[[{]/.test(text)) return;
    heard.push({ topic, json: JSON.parse(text), correlation: properties?.correlationData });
  });
  await client.subscribeAsync(['city/#', 'office/#'], { qos: 1 });
  const send = (topic: string, text: string, options: IClientPublishOptions = {}) =>
    client.publishAsync(topic, text, { qos: 1, ...options });
  const listened = () => heard.some(({ topic }) => topic === 'city/a/twin/reported');
  return {
    heard,
    send,
    on: (topic: string) => heard.filter((message) => message.topic === topic).map(({ json }) => json),
    /** The shelter listens once it has said what runs. */
    whenListening: () => vi.waitFor(() => expect(listened()).toBe(true), patience),
  };
}

const order = (kind: string, body: unknown, changes: Partial<Claims> = {}) =>
  city.sign(claims(kind, body, { iat: Math.floor(Date.now() / 1_000), ...changes }));
const command = (name: string, args: object = {}) => order('command', { name, args });

const contentAt = async (shelter: Shelter): Promise<Content> =>
  (await (await fetch(`${shelter.url}/api/v1/content`)).json()) as Content;

const alarm = (headline: string) => ({
  messages: [
    {
      id: 'x',
      status: 'actual',
      severity: 'extreme',
      headline: { en: headline },
      sender: { en: 'Fire service' },
    },
  ],
});

/** The tests wait more than they work. */
describe.runIf(mosquitto).concurrent('a shelter at Mosquitto', () => {
  it('shows a signed emergency, keeps it over a restart, and lets it expire; no unsigned, replayed or stale one', async ({
    onTestFinished,
  }) => {
    const { start, office } = await openStop(onTestFinished);
    let shelter = await start();
    await office.whenListening();
    const events = await hearEvents(shelter.url ?? '');
    const now = Date.now() / 1_000;

    const first = order('emergency', alarm('First'), { iat: now, exp: now + 3_600 });
    const second = order('emergency', alarm('Second'), { iat: now, exp: now + 3_600 });
    const topic = 'city/a/content/emergency';
    await office.send(topic, JSON.stringify(claims('emergency', alarm('Unsigned'), { iat: now })));
    await office.send(topic, signer().sign(claims('emergency', alarm('Forged'), { iat: now })));
    await office.send(topic, order('emergency', alarm('Stale'), { iat: now - 60, exp: now - 1 }));
    await office.send(topic, first);
    await office.send(topic, second, { retain: true });
    await office.send(topic, first);

    await vi.waitFor(async () => {
      const { downlink } = await shelter.health();
      expect(downlink?.refused).toEqual({ unsigned: 1, 'bad-signature': 1, expired: 1, replayed: 1 });
    }, patience);
    expect((await contentAt(shelter)).emergency).toMatchObject({ signedBy: 'city-1', body: alarm('Second') });
    const shown = events.of('content').map(({ emergency }) => emergency?.body.messages[0]?.headline.en);
    expect(shown).toEqual([undefined, 'First', 'Second']);
    const metrics = await (await fetch(`${shelter.url}/metrics`)).text();
    expect(metrics).toContain('ushelter_downlink_refused_total{reason="replayed"} 1');

    await shelter.stop();
    shelter = await start();
    expect((await contentAt(shelter)).emergency?.body).toEqual(alarm('Second'));
    await vi.waitFor(async () => expect((await shelter.health()).uplink?.connected).toBe(true), patience);
    const later = await hearEvents(shelter.url ?? '');
    const soon = Date.now() / 1_000;
    const third = order('emergency', alarm('Third'), { iat: soon, exp: soon + 2 });
    await office.send(topic, third);
    const headlines = () =>
      later.of('content').map(({ emergency }) => emergency?.body.messages[0]?.headline.en);
    await vi.waitFor(() => expect(headlines()).toEqual(['Second', 'Third', undefined]), patience);
    await office.send(topic, third);
    await vi.waitFor(
      async () => expect((await shelter.health()).downlink?.refused).toEqual({ expired: 1 }),
      patience,
    );
    expect((await contentAt(shelter)).emergency).toBeNull();
  });

  it('takes a desired interval without a restart, keeps it over one, and refuses a wrong one with reasons', async ({
    onTestFinished,
  }) => {
    const { start, office } = await openStop(onTestFinished);
    let taken = 0;
    const count = () => {
      taken += 1;
    };
    const shelter = await start(count);
    await office.whenListening();
    await vi.waitFor(() => expect(taken).toBe(2), patience);

    const topic = 'city/a/twin/desired';
    const site = { sensors: { air: { interval: '1 s' } } };
    await office.send(topic, order('desired', { version: 1, site }), { retain: true });
    await vi.waitFor(() => expect(taken).toBeGreaterThanOrEqual(6), patience);
    expect(office.on('city/a/twin/reported').at(-1)).toMatchObject({ version: 1, site, needsRestart: [] });

    const wrong = { kiosk: { pxPerMm: 3 }, sensors: { air: { interval: '1 ms' } } };
    await office.send(topic, order('desired', { version: 2, site: wrong }));
    await vi.waitFor(
      () =>
        expect(office.on('city/a/twin/reported').at(-1)).toMatchObject({
          version: 1,
          site: { kiosk: { pxPerMm: 4 }, ...site },
          refused: {
            version: 2,
            issues: [
              { key: 'site.sensors.air.interval', message: expect.stringContaining('a duration from') },
            ],
          },
        }),
      patience,
    );

    await shelter.stop();
    taken = 0;
    await start(count);
    await vi.waitFor(() => expect(taken).toBeGreaterThanOrEqual(4), patience);
  });

  it('answers each command once carried out, on the response topic of MQTT 5, and a repeated one alike', async ({
    onTestFinished,
  }) => {
    const { start, office, gpio, log, onRestart } = await openStop(onTestFinished);
    const shelter = await start();
    await office.whenListening();
    const results = () => office.on('city/a/commands/results') as { command: string; status: string }[];

    const correlationData = randomBytes(8);
    const sample = command('sample-now', { sensor: 'air' });
    const options = { properties: { responseTopic: 'office/answers', correlationData } };
    await office.send('city/a/commands', sample, options);
    await vi.waitFor(() => expect(office.on('office/answers')).toHaveLength(1), patience);
    expect(office.heard.find(({ topic }) => topic === 'office/answers')?.correlation).toEqual(
      correlationData,
    );
    const [answer] = office.on('office/answers');
    expect(answer).toMatchObject({
      status: 'done',
      result: {
        readings: [
          { stream: 'air/pm2_5', flag: 'pass' },
          { stream: 'air/pm10', flag: 'pass' },
        ],
      },
    });
    let taken = 0;
    shelter.on('reading', () => (taken += 1));
    await office.send('city/a/commands', sample);
    await vi.waitFor(() => expect(results()).toHaveLength(1), patience);
    expect(results()[0]).toEqual(answer);
    expect(taken).toBe(0);

    const commands: [string, object, string][] = [
      ['restart-sensor', { sensor: 'air' }, 'done'],
      ['clean-fan', { sensor: 'air' }, 'refused'],
      ['identify', { output: 'lamp', seconds: 60 }, 'done'],
      ['set-log-level', { level: 'warn' }, 'done'],
      ['resend', { first: 1, last: 2 }, 'done'],
      ['restart', {}, 'done'],
    ];
    const before = office.on('city/a/readings').length;
    for (const [name, args] of commands) await office.send('city/a/commands', command(name, args));
    await vi.waitFor(() => expect(results()).toHaveLength(1 + commands.length), patience);
    const outcomes = Object.fromEntries(results().map((result) => [result.command, result.status]));
    for (const [name, , status] of commands) expect(outcomes).toMatchObject({ [name]: status });
    expect(results().find(({ command: name }) => name === 'clean-fan')).toMatchObject({
      problem: { message: 'Nova SDS011 has no fan that it can blow clean.' },
    });
    expect(results().find(({ command: name }) => name === 'resend')).toMatchObject({ result: { sent: 2 } });
    expect(log.level).toBe('warn');
    await vi.waitFor(() => expect(onRestart).toHaveBeenCalledOnce(), patience);
    await vi.waitFor(() => expect(gpio.shows(27)).toBe(1), patience);
    await vi.waitFor(() => expect(office.on('city/a/readings').length).toBeGreaterThan(before), patience);
  });
});
