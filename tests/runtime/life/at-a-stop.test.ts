import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DriverError } from '../../../drivers/contract.js';
import { type Life, life as schema } from '../../../runtime/api/life.js';
import { parseSite } from '../../../runtime/load-site.js';
import { createShelter, type Shelter } from '../../../runtime/shelter.js';
import { memoryWires } from '../../../simulators/buses/memory.js';
import { simulatedClockSync } from '../../../simulators/clock-sync.js';
import type { Air } from '../../../simulators/contract.js';
import { createSerialTwin, simulateDevice } from '../../../simulators/index.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { hearEvents } from '../../rigs/api-events.js';
import { mosquitto, startMosquitto } from '../../rigs/mosquitto.js';
import { scratchFolder } from '../../rigs/scratch.js';

/** What the numbers mean at a whole shelter, whose devices are simulated byte by byte; its time is virtual. */

const minute = 60_000;
const patience = { timeout: 10_000, interval: 20 };

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const absent = () => Promise.reject(new DriverError('PORT_NOT_FOUND', 'not in this test'));

/** An SDS011, and a PMS5003T that measures temperature and humidity too, in air that a test may change. */
async function stop(uplink = '') {
  const clock = virtualClock(Date.parse('2026-07-15T13:58:00+09:00'));
  const air: Air = { temperature: 31, humidity: 60, pressure: 1_000, pm1: 20, pm2_5: 40, pm10: 60 };
  const wires = memoryWires();
  const plug = async (model: string, path: string) => {
    const twin = createSerialTwin(model);
    if (!twin) throw new Error(`there is no simulated ${model}`);
    const environment = { at: wandering };
    const device = await simulateDevice({ twin, bus: wires.bus(path), environment, clock, seed: 1 });
    closing.push(() => device.close());
    return device;
  };

  /** Real air never rests. */
  function wandering(time: number): Air {
    const share = Math.sin(time / 90_000);
    return {
      ...air,
      temperature: air.temperature + 0.3 * share,
      humidity: air.humidity + share,
      pm2_5: air.pm2_5 + 1.5 * share,
      pm10: air.pm10 + 2 * share,
    };
  }

  const devices = { air: await plug('sds011', '/dev/air'), kerb: await plug('pms5003t', '/dev/kerb') };
  const file = join(scratchFolder(), 'readings.db');
  const site = parseSite(`
id: a
name: { ko: 정류장, en: Stop }
place: { latitude: 1, longitude: 2 }
timeZone: Asia/Seoul
languages: [ko, en]
serial: { air: { path: /dev/air }, kerb: { path: /dev/kerb } }
sensors:
  - { id: air, driver: sds011, port: air, interval: 30 s, certification: grade-1 }
  - { id: kerb, driver: pms5003t, port: kerb, interval: 30 s }
store: { file: ${file}, commitInterval: 10 s }
api: { port: 0 }
${uplink}`);
  const none = { openInput: absent, openOutput: absent };
  const hardware = {
    serial: wires.ports,
    gpio: none,
    dht: { read: absent },
    firmata: { open: absent },
  };

  async function start(): Promise<Shelter> {
    const clockSync = simulatedClockSync({ synchronised: true, by: 'timesyncd' });
    const log = { info() {}, warn() {} };
    const shelter = createShelter(site, { hardware, clock, clockSync, random: () => 0.01, log });
    closing.push(() => shelter.stop());
    await shelter.start();
    return shelter;
  }

  return { clock, air, devices, start };
}

async function told(shelter: Shelter): Promise<Life> {
  return schema.parse(await (await fetch(`${shelter.url}/api/v1/life`)).json());
}

/** Lets time pass until the summary is so: the database answers in its own time. */
async function until(clock: { advance(ms: number): Promise<void> }, shelter: Shelter, expected: object) {
  await vi.waitFor(async () => {
    await clock.advance(5_000);
    expect(await told(shelter)).toMatchObject(expected);
  }, patience);
}

describe('a shelter', () => {
  it('grades the air from its first value, then by the hour, also right after a restart', async () => {
    const { clock, start, air } = await stop();
    const shelter = await start();
    await clock.advance(2 * minute);
    const first = await told(shelter);
    expect(first.air).toMatchObject({ grade: 'bad', shown: { word: { ko: '나쁨' } } });
    expect(first.air.basis).not.toBe('hour');
    expect(first.feelsLike).toMatchObject({ shows: 'index', index: { index: 'kma-feels-like' } });
    expect(first.statement?.meters).toEqual([
      { sensor: 'air', certification: 'grade-1' },
      { sensor: 'kerb', certification: null },
    ]);

    await clock.advance(30 * minute);
    await until(clock, shelter, { air: { basis: 'so-far', grade: 'bad' } });
    await clock.advance(30 * minute);
    await until(clock, shelter, { air: { basis: 'hour', grade: 'bad' } });

    await shelter.stop();
    air.pm2_5 = 10;
    const again = await start();
    await until(clock, again, {
      air: { basis: 'hour', grade: 'bad', parts: [{ property: 'pm2_5', sensor: 'air' }, {}] },
    });
  }, 60_000);

  it('keeps a sensor that lies out of it, says why, tells whoever listens, and comes back', async () => {
    const { clock, start, devices } = await stop();
    const shelter = await start();
    await clock.advance(5 * minute);
    const events = await hearEvents(shelter.url ?? '');
    const before = (await told(shelter)).feelsLike;
    expect(before.shows).toBe('index');

    await devices.kerb.setFault('scorching');
    await clock.advance(minute);
    const doubted = await told(shelter);
    expect(doubted.feelsLike.value).toBeCloseTo(before.value ?? 0, 0);
    expect(doubted.inputs.find(({ property }) => property === 'temperature')).toMatchObject({
      sensors: [{ sensor: 'kerb', value: 99, flag: 'fail', doubts: expect.arrayContaining(['gross-range']) }],
    });
    await clock.advance(4 * minute);
    const { feelsLike, inputs } = await told(shelter);
    expect(feelsLike).toMatchObject({ shows: 'nothing', value: null });
    expect(feelsLike.index?.absent?.lacks).toContainEqual({ property: 'temperature', why: 'fail' });
    expect(inputs.find(({ property }) => property === 'temperature')).toMatchObject({
      value: null,
      why: 'fail',
    });

    await devices.kerb.setFault(undefined);
    await clock.advance(2 * minute);
    expect((await told(shelter)).feelsLike.shows).toBe('index');
    await vi.waitFor(() => {
      const shows = events.of('life').map((each) => each.feelsLike.shows);
      expect(shows.filter((each, index) => each !== shows[index - 1])).toEqual(['index', 'nothing', 'index']);
    }, patience);
  }, 60_000);

  it('takes the next sensor’s word for one that is unplugged, and has none when both are', async () => {
    const { clock, start, devices } = await stop();
    const shelter = await start();
    await clock.advance(5 * minute);
    await devices.air.setFault('unplugged');
    await clock.advance(5 * minute);
    const left = await told(shelter);
    expect(left.air.grade).toBe('bad');
    expect(left.inputs[0]).toMatchObject({
      property: 'pm2_5',
      sensor: 'kerb',
      sensors: [
        { sensor: 'air', why: 'stale' },
        { sensor: 'kerb', why: null },
      ],
    });
    await devices.kerb.setFault('unplugged');
    await clock.advance(5 * minute);
    const { air, inputs } = await told(shelter);
    expect(air).toMatchObject({ grade: null, absent: { lacks: [{ why: 'stale' }, { why: 'stale' }] } });
    expect(inputs[0]).toMatchObject({ value: null, sensor: null, why: 'stale' });
  }, 60_000);

  it.runIf(mosquitto)(
    'tells the city too, as a message that the broker keeps',
    async () => {
      const broker = await startMosquitto();
      closing.push(() => broker.close());
      const { clock, start } = await stop(
        `uplink: { url: "mqtt://127.0.0.1:${broker.port}", topicPrefix: city, codec: sparkplug-b }`,
      );
      const shelter = await start();
      await vi.waitFor(async () => expect((await shelter.health()).uplink?.connected).toBe(true), patience);

      const kept = await vi.waitFor(async () => {
        await clock.advance(minute);
        const last = await retained(broker.port, 'city/a/life');
        expect(last.air.grade).toBe('bad');
        return last;
      }, patience);
      expect(kept).toMatchObject({ profile: 'korea', feelsLike: { shows: 'index' } });
    },
    60_000,
  );
});

/** What a broker has for someone who comes now. */
async function retained(port: number, topic: string): Promise<Life> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 5, reconnectPeriod: 0 });
  try {
    const message = new Promise<string>((resolve, reject) => {
      client.once('message', (_, payload, { retain, qos }) =>
        retain && qos === 1 ? resolve(payload.toString()) : reject(new Error('It was not kept at QoS 1.')),
      );
    });
    await client.subscribeAsync(topic, { qos: 1 });
    return schema.parse(JSON.parse(await message));
  } finally {
    await client.endAsync(true);
  }
}
