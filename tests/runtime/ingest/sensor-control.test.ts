import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { Site } from '../../../config/site.js';
import { DriverError, defineDriver } from '../../../drivers/contract.js';
import { drivers } from '../../../drivers/index.js';
import { createSensing } from '../../../runtime/ingest/sensing.js';
import { parseSite } from '../../../runtime/load-site.js';
import type { Reading } from '../../../runtime/reading.js';
import { memoryWires } from '../../../simulators/buses/memory.js';
import {
  createSerialTwin,
  modelledEnvironment,
  simulateDevice,
  simulatedGpio,
} from '../../../simulators/index.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';

const absent = () => Promise.reject(new DriverError('PORT_NOT_FOUND', 'not in this test'));

const site = parseSite(`
id: a
name: { en: Stop }
place: { latitude: 1, longitude: 2 }
timeZone: Asia/Seoul
languages: [en]
serial: { air: { path: /dev/air }, fan: { path: /dev/fan } }
gpio: { lines: { lamp: 27, heater: 22, help: 17 } }
sensors:
  - { id: air, driver: sds011, port: air, interval: 10 s }
  - { id: help, driver: button, port: help }
outputs:
  - { id: lamp, driver: led, port: lamp, follows: help }
  - { id: heater, driver: relay, port: heater }
`);

/** The same site with such a sensor, which only this test has a driver for. */
const withFan: Site = {
  ...site,
  sensors: site.sensors.flatMap((sensor) =>
    sensor.id === 'air'
      ? [sensor, { ...sensor, id: 'fan', driver: 'fanned', port: 'fan', interval: 60_000, options: {} }]
      : [sensor],
  ),
};

/** A sensor with a fan. It answers f0 with a sample, f2 01, and acknowledges f1, the order to clean, with f2 02. */
const fanned = defineDriver({
  link: 'serial',
  model: 'fanned',
  title: 'Fanned',
  datasheet: 'none: made for this test',
  options: z.strictObject({}),
  channels: { temperature: { range: [0, 100], resolution: 1 } },
  interval: { default: 60_000, least: 1_000 },
  line: { baudRate: 9_600 },
  framing: { head: [0xf2], needs: 2, length: () => 2, valid: () => true },
  decode: ([, kind]) =>
    kind === 1 ? { kind: 'sample', sample: { temperature: 20 } } : { kind: 'acknowledgement' },
  plan: () => ({
    prepare: [],
    request: { name: 'ask', bytes: Uint8Array.of(0xf0) },
    patience: 1_000,
    cleanFan: {
      command: { name: 'clean', bytes: Uint8Array.of(0xf1), acknowledgedBy: ([, kind]) => kind === 2 },
      lasts: 10_000,
    },
  }),
});

async function sensing(given = site) {
  const clock = virtualClock();
  const wires = memoryWires();
  const gpio = simulatedGpio({ clock });
  const twin = createSerialTwin('sds011');
  if (!twin) throw new Error('there is no simulated SDS011');
  const device = await simulateDevice({
    twin,
    bus: wires.bus('/dev/air'),
    environment: modelledEnvironment(1),
    clock,
    seed: 1,
  });
  const readings: Reading[] = [];
  const opened = createSensing({
    site: given,
    drivers: [...drivers, fanned],
    hardware: { serial: wires.ports, gpio: gpio.lines, dht: { read: absent }, firmata: { open: absent } },
    clock,
    random: () => 0.5,
    outlets: {
      onReadings: (taken) => readings.push(...taken),
      onEvent() {},
      onCondition() {},
      onInput() {},
      onComplaint() {},
    },
  });
  opened.start();
  onTestFinished(async () => {
    await Promise.all([opened.stop(), clock.advance(60_000)]);
    await device.close();
  });
  const air = opened.sensors.get('air');
  if (!air) throw new Error('there is no sensor "air"');
  const pm10 = () => readings.filter(({ stream }) => stream.property === 'pm10');
  return { clock, gpio, wires, opened, air, pm10 };
}

/** Lets time pass while something is under way. */
async function during<T>(
  clock: { advance(ms: number): Promise<void> },
  ms: number,
  work: Promise<T>,
): Promise<T> {
  work.catch(() => {});
  await clock.advance(ms);
  return work;
}

describe('a sensor at work', () => {
  it('takes another interval and calibration at once', async () => {
    const { clock, air, pm10 } = await sensing();
    await clock.advance(22_000);
    const before = pm10();
    expect(before.length).toBeGreaterThanOrEqual(2);
    expect(before.every(({ value, raw }) => value === raw)).toBe(true);
    const calibration = { pm10: { gain: 1, offset: 100 } };
    expect(air.retune({ interval: 2_000, calibration, corrections: {} })).toBe(2_000);
    await clock.advance(20_000);
    const after = pm10().slice(before.length);
    expect(after.length).toBeGreaterThanOrEqual(9);
    for (const { value, raw } of after) expect(value).toBeCloseTo((raw ?? 0) + 100, 9);
  });

  it('gives the readings of a sample out of turn', async () => {
    const { clock, air, pm10 } = await sensing();
    await clock.advance(12_000);
    const count = pm10().length;
    const readings = await during(clock, 2_000, air.sampleNow());
    expect(readings.map(({ stream }) => stream.id)).toEqual(['air/pm2_5', 'air/pm10']);
    expect(pm10()).toHaveLength(count + 1);
    expect(pm10().at(-1)).toEqual(readings[1]);
  });

  it('is there again after a restart', async () => {
    const { clock, air, pm10 } = await sensing();
    await clock.advance(12_000);
    await during(clock, 5_000, air.restart());
    const count = pm10().length;
    await clock.advance(20_000);
    expect(pm10()).toHaveLength(count + 2);
  });

  it('has its fan cleaned where it can', async () => {
    const { clock, opened, wires } = await sensing(withFan);
    const bus = wires.bus('/dev/fan');
    let orders = 0;
    let isDeaf = true;
    bus.onData(([byte]) => {
      if (byte === 0xf0) bus.send(Uint8Array.of(0xf2, 1));
      if (byte !== 0xf1) return;
      orders += 1;
      if (!isDeaf) bus.send(Uint8Array.of(0xf2, 2));
      isDeaf = false;
    });
    await bus.plugIn();
    await clock.advance(90_000);
    const fan = opened.sensors.get('fan');
    if (!fan) throw new Error('there is no sensor "fan"');
    const from = clock.monotonic();
    const cleaned = await during(
      clock,
      20_000,
      fan.cleanFan().then(() => clock.monotonic()),
    );
    expect(orders).toBe(2);
    expect(cleaned).toBe(from + 11_000);
  });

  it('says so where it cannot clean its fan, or does not take the order', async () => {
    const { clock, opened, air, wires } = await sensing(withFan);
    const bus = wires.bus('/dev/fan');
    bus.onData(([byte]) => {
      if (byte === 0xf0) bus.send(Uint8Array.of(0xf2, 1));
    });
    await clock.advance(100);
    await expect(opened.sensors.get('fan')?.cleanFan()).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
    await bus.plugIn();
    await clock.advance(90_000);
    await expect(air.cleanFan()).rejects.toMatchObject({ code: 'COMMAND_REFUSED' });
    const failure = during(clock, 20_000, opened.sensors.get('fan')?.cleanFan() ?? absent());
    await expect(failure).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
  });
});

describe('the lamps of a site', () => {
  it('are those outputs that may blink, and show what they are set to once that is over', async () => {
    const { clock, gpio, opened } = await sensing();
    await clock.advance(100);
    expect([...opened.lamps.keys()]).toEqual(['lamp']);
    const lamp = opened.lamps.get('lamp');
    lamp?.override(1);
    expect(gpio.shows(27)).toBe(1);
    gpio.press(17, { hold: 10_000 });
    await clock.advance(1_000);
    lamp?.override(0);
    expect(gpio.shows(27)).toBe(0);
    lamp?.override(undefined);
    expect(gpio.shows(27)).toBe(1);
    await clock.advance(10_000);
    expect(gpio.shows(27)).toBe(0);
  });
});
