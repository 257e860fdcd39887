import { describe, expect, it, onTestFinished } from 'vitest';
import { quality } from '../../../config/catalogue/quality.js';
import { DriverError } from '../../../drivers/contract.js';
import { drivers } from '../../../drivers/index.js';
import type { Condition } from '../../../runtime/ingest/condition.js';
import { createSensing } from '../../../runtime/ingest/sensing.js';
import { parseSite } from '../../../runtime/load-site.js';
import type { Reading } from '../../../runtime/reading.js';
import { memoryWires } from '../../../simulators/buses/memory.js';
import { modelledEnvironment, simulateDevice, simulatedGpio } from '../../../simulators/index.js';
import { sps30 } from '../../../simulators/models/sps30.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { bytes } from '../../simulators/models/bench.js';

const absent = () => Promise.reject(new DriverError('PORT_NOT_FOUND', 'not in this test'));

const site = parseSite(`
id: a
name: { en: Stop }
place: { latitude: 1, longitude: 2 }
timeZone: Asia/Seoul
languages: [en]
serial: { air: { path: /dev/air } }
sensors: [{ id: air, driver: sps30, port: air, interval: 2 s }]
`);

const cleanEachMinute = bytes('7E 00 80 05 00 00 00 00 3C 3E 7E');
const startInWholeNumbers = bytes('7E 00 00 02 01 05 F7 7E');

/** An SPS30 that has worked for a while, after somebody else has told it this. */
async function atWork(earlier?: Uint8Array) {
  const clock = virtualClock();
  const wires = memoryWires();
  const twin = sps30();
  const device = await simulateDevice({
    twin,
    bus: wires.bus('/dev/air'),
    environment: modelledEnvironment(1),
    clock,
    seed: 1,
  });
  if (earlier) {
    const port = await wires.ports.open('/dev/air', twin.line);
    await port.write(earlier);
    await clock.advance(100);
    await port.close();
  }
  let readings: Reading[] = [];
  const conditions: Condition[] = [];
  const complaints: Error[] = [];
  const sensing = createSensing({
    site,
    drivers,
    hardware: {
      serial: wires.ports,
      gpio: simulatedGpio({ clock }).lines,
      dht: { read: absent },
      firmata: { open: absent },
    },
    clock,
    random: () => 0.5,
    outlets: {
      onReadings: (taken) => readings.push(...taken),
      onEvent() {},
      onCondition: (_, condition) => conditions.push(condition),
      onInput() {},
      onComplaint: (_, error) => complaints.push(error),
    },
  });
  sensing.start();
  onTestFinished(async () => {
    await Promise.all([sensing.stop(), clock.advance(60_000)]);
    await device.close();
  });
  const air = sensing.sensors.get('air');
  if (!air) throw new Error('there is no sensor "air"');

  /** What PM2.5 was since this was last asked. */
  function taken(): Reading[] {
    const pm2_5 = readings.filter(({ stream }) => stream.property === 'pm2_5');
    readings = [];
    return pm2_5;
  }

  await clock.advance(45_500);
  return { clock, twin, air, taken, complaints, condition: () => conditions.at(-1) };
}

const areGood = (readings: readonly Reading[]) => readings.every((one) => one.quality === quality.pass);
const timesOf = (readings: readonly Reading[]) => readings.map(({ monotonic }) => monotonic);

describe('an SPS30 at work', () => {
  it('gives nothing before its fan has settled', async () => {
    const { taken } = await atWork();
    const readings = taken();
    expect(readings[0]?.monotonic).toBeGreaterThanOrEqual(31_000);
    expect(readings.length).toBeGreaterThanOrEqual(6);
    expect(areGood(readings)).toBe(true);
  });

  it('has its fan cleaned when it is told, and gives nothing meanwhile but the gap', async () => {
    const { clock, twin, air, taken, condition } = await atWork();
    taken();
    let done: number | undefined;
    const told = clock.monotonic();
    const cleaning = air.cleanFan().then(() => {
      done = clock.monotonic();
    });
    await clock.advance(5_000);
    expect(twin.fan()).toBe('blowing');
    await clock.advance(4_900);
    expect([twin.fan(), done, taken()]).toEqual(['blowing', undefined, []]);
    await clock.advance(10_000);
    await cleaning;
    expect([twin.fan(), done]).toEqual(['turning', told + 10_000]);
    const readings = taken();
    const missing = readings.filter(({ quality: flag }) => flag === quality.missing);
    expect(timesOf(missing)).toEqual([46_000, 48_000, 50_000, 52_000]);
    expect(readings.length).toBeGreaterThanOrEqual(8);
    expect(areGood(readings.slice(missing.length))).toBe(true);
    expect(condition()).toEqual({ state: 'ok' });
  });

  it('waits while it cleans its fan of its own accord, at the interval that it was left with', async () => {
    const { clock, twin, taken, condition, complaints } = await atWork(cleanEachMinute);
    taken();
    await clock.advance(17_000);
    expect(twin.fan()).toBe('blowing');
    await clock.advance(23_000);
    const readings = taken();
    const gaps = timesOf(readings).map((time, index, times) => time - (times[index - 1] ?? time));
    expect(Math.max(...gaps)).toBeGreaterThanOrEqual(9_000);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(13_000);
    expect(areGood(readings)).toBe(true);
    expect(condition()).toEqual({ state: 'ok' });
    expect(complaints).toEqual([]);
  });

  it('is brought to floats where another program had started it with whole numbers', async () => {
    const { taken, complaints } = await atWork(startInWholeNumbers);
    const readings = taken();
    expect(readings.length).toBeGreaterThanOrEqual(6);
    expect(areGood(readings)).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('is not believed while something blocks its fan, which is told, and is back once that is out', async () => {
    const { clock, twin, taken, condition } = await atWork();
    taken();
    twin.block(true);
    await clock.advance(30_000);
    expect(condition()).toMatchObject({
      state: 'failing',
      problem: { code: 'DEVICE_BROKEN', hint: expect.stringContaining('fan') },
    });
    expect(taken().filter(({ quality: flag }) => flag === quality.pass).length).toBeLessThanOrEqual(1);
    twin.block(false);
    await clock.advance(90_000);
    taken();
    await clock.advance(10_000);
    expect(areGood(taken())).toBe(true);
    expect(condition()).toEqual({ state: 'ok' });
  });
});
