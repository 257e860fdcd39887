import { connectAsync, type MqttClient } from 'mqtt';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type CodecName, siteShape } from '../../../config/site.js';
import { systemClock } from '../../../drivers/bindings/system-clock.js';
import { writePayload } from '../../../runtime/uplink/codecs/sparkplug-payload.js';
import { createUplink } from '../../../runtime/uplink/uplink.js';
import { startProxy } from '../../rigs/cuttable-proxy.js';
import { mosquitto, startMosquitto } from '../../rigs/mosquitto.js';
import { memoryStore, quiet } from './fakes.js';
import {
  homeReceiver,
  type Receiver,
  senmlCborReceiver,
  senmlJsonReceiver,
  sparkplugReceiver,
} from './receivers.js';
import { readSparkplug } from './sparkplug-reader.js';
import { speaker } from './speaker.js';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const receivers: Record<CodecName, () => Receiver> = {
  'senml-json': senmlJsonReceiver,
  'senml-cbor': senmlCborReceiver,
  'sparkplug-b': sparkplugReceiver,
  'home-assistant': homeReceiver,
};
const names = Object.keys(receivers) as CodecName[];

describe.runIf(mosquitto)('over Mosquitto', () => {
  it.each(names)('%s brings every row, is online meanwhile and offline after', async (codec) => {
    const { uplink, store, city } = await rig(codec);
    store.commit('readings', 700);
    store.commit('events', 3);
    uplink.start();
    const seqs = (rows: readonly { seq: number }[]) =>
      [...new Set(rows.map(({ seq }) => seq))].sort((a, b) => a - b);
    await vi.waitFor(() => expect(seqs(city.readings)).toEqual(upTo(700)), { timeout: 5_000 });
    store.commit('readings', 5);
    await vi.waitFor(() => expect(seqs(city.readings)).toEqual(upTo(705)));
    await vi.waitFor(() => expect(seqs(city.events)).toEqual(upTo(3)));
    expect(city.online).toBe(true);
    await uplink.stop();
    await vi.waitFor(() => expect(city.online).toBe(false));
  });

  it.each(names)('%s is offline when the line is cut, and online again with the rest', async (codec) => {
    const { uplink, store, city, cut } = await rig(codec);
    uplink.start();
    await vi.waitFor(() => expect(city.online).toBe(true), { timeout: 5_000 });
    const left = vi.fn();
    const hear = city.hear;
    city.hear = (message) => {
      hear(message);
      if (city.online === false) left();
    };
    cut();
    store.commit('readings', 10);
    await vi.waitFor(() => expect(left).toHaveBeenCalled(), { timeout: 5_000 });
    await vi.waitFor(() => expect(new Set(city.readings.map(({ seq }) => seq)).size).toBe(10), {
      timeout: 5_000,
    });
    expect(city.online).toBe(true);
  });

  it('Sparkplug B is born again when a host asks for it', async () => {
    const { uplink, host } = await rig('sparkplug-b');
    const births: number[] = [];
    host.on('message', (topic, payload) => {
      if (!topic.includes('/NBIRTH/')) return;
      const { metrics } = readSparkplug(payload);
      births.push(Number(metrics.find(({ name }) => name === 'bdSeq')?.value));
    });
    uplink.start();
    await vi.waitFor(() => expect(births).toEqual([0]), { timeout: 5_000 });
    const metric = { name: 'Node Control/Rebirth', timestamp: 1, type: 'Boolean', value: true } as const;
    const command = writePayload({ timestamp: 1, metrics: [metric] });
    await host.publishAsync('spBv1.0/city-shelters/NCMD/seoul-jongno-01', Buffer.from(command));
    await vi.waitFor(() => expect(births).toEqual([0, 0]));
  });

  it('Home Assistant finds the device when it comes later, and is greeted when it has started', async () => {
    const { uplink, city, host, port } = await rig('home-assistant');
    uplink.start();
    await vi.waitFor(() => expect(city.online).toBe(true), { timeout: 5_000 });
    const found: string[] = [];
    const home = await clientAt(port);
    home.on('message', (topic) => found.push(topic));
    await home.subscribeAsync('homeassistant/device/+/config', { qos: 1 });
    await vi.waitFor(() => expect(found).toEqual(['homeassistant/device/seoul-jongno-01/config']));
    await host.publishAsync('homeassistant/status', 'online');
    await vi.waitFor(() => expect(found).toHaveLength(2));
  });
});

/** A shelter and a city, with a line between them that can be cut. */
async function rig(codec: CodecName) {
  const broker = await startMosquitto();
  cleanUps.push(broker.close);
  const proxy = await startProxy(broker.port);
  cleanUps.push(proxy.close);
  const host = await clientAt(broker.port);
  const city = receivers[codec]();
  host.on('message', (topic, payload, { retain }) => {
    if (!topic.includes('/NCMD/') && topic !== 'homeassistant/status') city.hear({ topic, payload, retain });
  });
  await host.subscribeAsync('#', { qos: 1 });
  const store = memoryStore();
  const config = siteShape.shape.uplink.parse({
    url: `mqtt://127.0.0.1:${proxy.port}`,
    topicPrefix: 'city/shelters',
    codec,
    backlogRate: 100_000,
  });
  if (!config) throw new Error('no uplink');
  const uplink = await createUplink({
    config,
    speaker: speaker({ now: systemClock.now }),
    store,
    onEvent: () => {},
    clock: systemClock,
    random: () => 0.002,
    log: quiet,
  });
  cleanUps.push(() => uplink.stop());
  return { uplink, store, city, host, port: broker.port, cut: proxy.cut };
}

async function clientAt(port: number): Promise<MqttClient> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 });
  cleanUps.push(() => client.endAsync(true));
  return client;
}

function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
