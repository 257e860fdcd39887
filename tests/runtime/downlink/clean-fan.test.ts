import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { serialPorts } from '../../../drivers/bindings/serial-ports.js';
import { DriverError } from '../../../drivers/contract.js';
import { parseSite } from '../../../runtime/load-site.js';
import { createShelter } from '../../../runtime/shelter.js';
import { simulatedClockSync } from '../../../simulators/clock-sync.js';
import type { SerialTwin } from '../../../simulators/contract.js';
import { modelledEnvironment, ptyBus, simulateDevice, simulatedGpio } from '../../../simulators/index.js';
import { sds011 } from '../../../simulators/models/sds011.js';
import { sps30 } from '../../../simulators/models/sps30.js';
import { claims, signer } from '../../rigs/city.js';
import { hastyClock } from '../../rigs/hasty-clock.js';
import { mosquitto, startMosquitto } from '../../rigs/mosquitto.js';
import { scratchFolder } from '../../rigs/scratch.js';

/** A fan needs half a minute to settle and ten seconds to be cleaned. */
const clock = hastyClock(5);

const patience = { timeout: 15_000, interval: 20 };

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const absent = () => Promise.reject(new DriverError('PORT_NOT_FOUND', 'not in this test'));

async function onPty(twin: SerialTwin): Promise<string> {
  const bus = await ptyBus(twin.model);
  const device = await simulateDevice({ twin, bus, environment: modelledEnvironment(1), clock, seed: 1 });
  closing.push(() => device.close());
  return device.path;
}

/** A shelter with an SPS30 and an SDS011 on PTYs, at a real broker, and the city's end of that. */
async function stop() {
  const city = signer();
  const broker = await startMosquitto();
  closing.push(() => broker.close());
  const office = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, { protocolVersion: 5 });
  closing.push(() => office.endAsync(true));
  const heard: { topic: string; json: unknown }[] = [];
  office.on('message', (topic, payload) => heard.push({ topic, json: JSON.parse(payload.toString()) }));
  await office.subscribeAsync(['city/a/commands/results', 'city/a/twin/reported'], { qos: 1 });
  const on = (topic: string) => heard.filter((message) => message.topic === topic).map(({ json }) => json);

  const twin = sps30();
  const site = parseSite(`
id: a
name: { en: Stop }
place: { latitude: 1, longitude: 2 }
timeZone: Asia/Seoul
languages: [en]
serial: { dust: { path: ${await onPty(twin)} }, smoke: { path: ${await onPty(sds011())} } }
sensors:
  - { id: dust, driver: sps30, port: dust, interval: 2 s }
  - { id: smoke, driver: sds011, port: smoke, interval: 2 s }
store: { file: ${join(scratchFolder(), 'readings.db')}, commitInterval: 100 ms }
api: { port: 0 }
uplink:
  url: mqtt://127.0.0.1:${broker.port}
  topicPrefix: city
  trustedKeys: [{ name: city-1, key: "${city.trusted.key}" }]
`);
  const shelter = createShelter(site, {
    hardware: {
      serial: serialPorts(clock),
      gpio: simulatedGpio({ clock }).lines,
      dht: { read: absent },
      firmata: { open: absent },
    },
    clock,
    clockSync: simulatedClockSync({ synchronised: true, by: 'timesyncd' }),
    random: () => 0.01,
    log: { info() {}, warn() {}, level: 'info' },
  });
  closing.push(() => shelter.stop());
  const readings: { sensor: string; fan: string; time: number }[] = [];
  shelter.on('reading', ({ stream, value, time }) => {
    if (value !== null) readings.push({ sensor: stream.sensor, fan: twin.fan(), time });
  });
  await shelter.start();
  // The shelter listens once it has said what runs.
  await vi.waitFor(() => expect(on('city/a/twin/reported')).not.toEqual([]), patience);

  return {
    twin,
    results: () => on('city/a/commands/results'),
    /** How many values of a sensor there were while the SPS30's fan did so, of those taken from a wall time on. */
    count: (sensor: string, fan: string, from = 0) =>
      readings.filter((each) => each.sensor === sensor && each.fan === fan && each.time >= from).length,
    clean(sensor: string) {
      const body = { name: 'clean-fan', args: { sensor } };
      const order = city.sign(claims('command', body, { iat: Math.floor(Date.now() / 1_000) }));
      return office.publishAsync('city/a/commands', order, { qos: 1 });
    },
  };
}

describe.runIf(mosquitto)('a signed order to clean a fan', () => {
  it('reaches the SPS30, whose fan blows while no readings are taken, and is answered once it is done', async () => {
    const { twin, results, count, clean } = await stop();
    await vi.waitFor(() => expect(count('dust', 'turning')).toBeGreaterThan(0), patience);

    await clean('dust');
    await vi.waitFor(() => expect(twin.fan()).toBe('blowing'), patience);
    // One that was taken just before may arrive just after.
    const blowing = clock.now();
    const before = count('dust', 'turning');
    expect(results()).toEqual([]);
    await vi.waitFor(() => expect(results()).toHaveLength(1), patience);
    expect(results()[0]).toMatchObject({
      command: 'clean-fan',
      status: 'done',
      result: { sensor: 'dust', clean: true },
    });
    await vi.waitFor(() => expect(count('dust', 'turning')).toBeGreaterThan(before), patience);
    expect(count('dust', 'blowing', blowing)).toBe(0);
    expect(count('smoke', 'blowing', blowing)).toBeGreaterThan(0);
  });

  it('is refused with the reason where the sensor has no fan that it could clean', async () => {
    const { results, count, clean } = await stop();
    await clean('smoke');
    await vi.waitFor(() => expect(results()).toHaveLength(1), patience);
    expect(results()[0]).toMatchObject({
      command: 'clean-fan',
      status: 'refused',
      problem: { code: 'COMMAND_REFUSED', message: 'Nova SDS011 has no fan that it can blow clean.' },
    });
    expect(count('smoke', 'blowing')).toBe(0);
  });
});
