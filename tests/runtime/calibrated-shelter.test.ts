import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { DriverError } from '../../drivers/contract.js';
import { calibrations } from '../../runtime/api/calibrations.js';
import { now } from '../../runtime/api/contract.js';
import { parseSite } from '../../runtime/load-site.js';
import type { Reading, ShelterEvent } from '../../runtime/reading.js';
import { createShelter, type Shelter } from '../../runtime/shelter.js';
import { memoryWires } from '../../simulators/buses/memory.js';
import { simulatedClockSync } from '../../simulators/clock-sync.js';
import type { Air } from '../../simulators/contract.js';
import { createSerialTwin, simulateDevice } from '../../simulators/index.js';
import { virtualClock } from '../../simulators/virtual-clock.js';
import { scratchFolder } from '../rigs/scratch.js';

/** How values came to be, at a whole shelter whose devices are simulated byte by byte. */

const minute = 60_000;
const start = Date.parse('2026-07-15T14:00:00+09:00');
const absent = () => Promise.reject(new DriverError('PORT_NOT_FOUND', 'not in this test'));
const hazy: Air = { temperature: 24, humidity: 40, pressure: 1_000, pm1: 50, pm2_5: 66.667, pm10: 90 };

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A PMS5003 that is corrected with the humidity of a PMS5003T, which is calibrated. */
async function stop() {
  const clock = virtualClock(start);
  const wires = memoryWires();
  const plug = async (model: string, path: string) => {
    const twin = createSerialTwin(model);
    if (!twin) throw new Error(`there is no simulated ${model}`);
    const environment = { at: () => hazy };
    const device = await simulateDevice({ twin, bus: wires.bus(path), environment, clock, seed: 1 });
    closing.push(() => device.close());
    return device;
  };
  await plug('pms5003', '/dev/air');
  const kerb = await plug('pms5003t', '/dev/kerb');
  const file = join(scratchFolder(), 'readings.db');
  const hardware = {
    serial: wires.ports,
    gpio: { openInput: absent, openOutput: absent },
    dht: { read: absent },
    firmata: { open: absent },
  };

  async function open(offset: number) {
    const site = parseSite(`
id: a
name: { en: Stop }
place: { latitude: 1, longitude: 2 }
timeZone: Asia/Seoul
languages: [en]
serial: { air: { path: /dev/air }, kerb: { path: /dev/kerb } }
sensors:
  - { id: air, driver: pms5003, port: air, interval: 30 s, corrections: { pm2_5: { method: epa-piecewise } } }
  - id: kerb
    driver: pms5003t
    port: kerb
    interval: 30 s
    calibration: { humidity: { offset: ${offset}, date: 2026-07-01, by: Kim Jiwoo } }
store: { file: ${file} }
api: { port: 0 }
`);
    const clockSync = simulatedClockSync({ synchronised: true, by: 'timesyncd' });
    const log = { info() {}, warn() {} };
    const shelter = createShelter(site, { hardware, clock, clockSync, random: () => 0.01, log });
    const readings: Reading[] = [];
    const events: ShelterEvent[] = [];
    shelter.on('reading', (reading) => readings.push(reading));
    shelter.on('event', (event) => events.push(event));
    closing.push(() => shelter.stop());
    await shelter.start();
    const last = (id: string) => readings.findLast(({ stream }) => stream.id === id);
    return { shelter, last, events };
  }

  return { clock, kerb, open };
}

async function ask(shelter: Shelter, path: string): Promise<unknown> {
  return (await fetch(`${shelter.url}${path}`)).json();
}

describe('a shelter', () => {
  it('names calibration and correction in its readings, and lists what it was calibrated with', async () => {
    const { clock, open } = await stop();
    const first = await open(0);
    await clock.advance(2 * minute);
    expect(first.last('kerb/humidity')).toMatchObject({ value: 40, raw: 40, calibration: 1 });
    expect(first.last('air/pm2_5')).toMatchObject({
      value: 80.9,
      raw: 67,
      calibrated: 67,
      correction: 'epa-piecewise',
      quality: 1,
    });
    const { streams } = now.parse(await ask(first.shelter, '/api/v1/now'));
    expect(streams.find(({ stream }) => stream === 'air/pm2_5')).toMatchObject({
      value: 80.9,
      calibration: null,
      correction: 'epa-piecewise',
    });
    const calibrated = {
      stream: 'kerb/humidity',
      version: 1,
      offset: 0,
      gain: 1,
      date: '2026-07-01',
      by: 'Kim Jiwoo',
    };
    expect(first.events).toMatchObject([
      { kind: 'sensor.calibrated', source: 'kerb', time: start, detail: calibrated },
    ]);
    await first.shelter.stop();

    const same = await open(0);
    await clock.advance(minute);
    expect(same.events).toEqual([]);
    await same.shelter.stop();

    const other = await open(10);
    await clock.advance(minute);
    expect(other.last('kerb/humidity')).toMatchObject({ value: 50, raw: 40, calibration: 2 });
    expect(other.last('air/pm2_5')).toMatchObject({ value: 80.04, correction: 'epa-piecewise' });
    const told = calibrations.parse(await ask(other.shelter, '/api/v1/calibrations'));
    expect(told.calibrations).toEqual([
      { ...calibrated, version: 2, offset: 10, from: new Date(start + 3 * minute).toISOString() },
      { ...calibrated, from: new Date(start).toISOString() },
    ]);
  });

  it('stops correcting when the humidity grows old, and goes on when it is there again', async () => {
    const { clock, kerb, open } = await stop();
    const { last } = await open(0);
    await clock.advance(2 * minute);
    await kerb.setFault('silent');
    await clock.advance(2 * minute);
    expect(last('air/pm2_5')).toMatchObject({ correction: 'epa-piecewise' });
    await clock.advance(3 * minute);
    expect(last('air/pm2_5')).toMatchObject({ value: 67, raw: 67, quality: 1 });
    expect(last('air/pm2_5')).not.toHaveProperty('correction');
    await kerb.setFault(undefined);
    await clock.advance(2 * minute);
    expect(last('air/pm2_5')).toMatchObject({ value: 80.9, correction: 'epa-piecewise' });
  });
});
