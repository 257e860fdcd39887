import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DriverError } from '../../drivers/contract.js';
import type { HardwarePorts } from '../../drivers/ports.js';
import type { Health, History, Now, ServerEvents } from '../../runtime/api/contract.js';
import { parseSite } from '../../runtime/load-site.js';
import type { Reading, ShelterEvent } from '../../runtime/reading.js';
import { createShelter, type Shelter } from '../../runtime/shelter.js';
import { memoryWires } from '../../simulators/buses/memory.js';
import { simulatedClockSync } from '../../simulators/clock-sync.js';
import {
  createSerialTwin,
  type EmbeddedBroker,
  modelledEnvironment,
  type SimulatedDevice,
  simulateDevice,
  simulatedGpio,
  startBroker,
  virtualClock,
} from '../../simulators/index.js';
import { type HeardEvents, hearEvents } from '../rigs/api-events.js';
import { readDatabase } from '../rigs/database.js';
import { type Receiver, senmlJsonReceiver } from './uplink/receivers.js';

/**
 * A day of a shelter whose board has no clock of its own: it is switched on in 1970, finds network time 3 h later, and
 * then somebody sets its clock an hour forward, and back again. All of it is real but the devices and the time.
 */

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const interval = 10 * second;
const switchedOn = Date.UTC(2026, 5, 1, 6, 0, 7);
const button = 17;
const stream = 'air/pm2_5';

const clock = virtualClock(0);
const clockSync = simulatedClockSync();
const gpio = simulatedGpio({ clock });
const wires = memoryWires();
const folder = mkdtempSync(join(tmpdir(), 'ushelter-clock-'));
const file = join(folder, 'readings.db');

const taken: Reading[] = [];
const happened: ShelterEvent[] = [];
const city: Receiver = senmlJsonReceiver();

/** Monotonic times in ms at which the clock was set, and by how much. */
const setAt = { forward: Number.NaN, back: Number.NaN };

let broker: EmbeddedBroker;
let device: SimulatedDevice;
let shelter: Shelter;
let page: HeardEvents;

// Four hours take their time where the processor is shared.
vi.setConfig({ testTimeout: 90_000 });

/** Lets virtual time pass, and in between everything that takes real time: the database, the broker, the page. */
async function pass(ms: number): Promise<void> {
  for (const end = clock.monotonic() + ms; clock.monotonic() < end; ) {
    await clock.advance(Math.min(interval, end - clock.monotonic()));
    await shelter.health();
  }
}

async function ask<Answer>(path: string): Promise<Answer> {
  const response = await fetch(`${shelter.url}/api/v1/${path}`);
  expect(response.status, path).toBe(200);
  return (await response.json()) as Answer;
}

async function historyFrom(from: number, to: number, every = ''): Promise<History['points']> {
  const times = `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`;
  return (await ask<History>(`history?stream=${stream}&${times}&most=10000${every}`)).points;
}

/** What the wall clock of a right shelter said. */
function truth(monotonic: number): number {
  return switchedOn + monotonic;
}

const ownReadings = () => taken.filter((reading) => reading.stream.id === stream);
const stored = () => readDatabase(file).readings.filter((row) => row.stream === stream);
const pressed = () => happened.filter(({ kind }) => kind === 'button.pressed');

beforeAll(async () => {
  broker = await startBroker({ host: '127.0.0.1', port: 0 });
  broker.onPublish((message) => {
    if (/\/(readings|events|status)$/.test(message.topic)) city.hear(message);
  });
  const twin = createSerialTwin('sds011');
  if (!twin) throw new Error('There is no simulated SDS011.');
  const bus = wires.bus('/dev/air');
  device = await simulateDevice({ twin, bus, environment: modelledEnvironment(1), clock, seed: 1 });
  const absent = () => Promise.reject(new DriverError('PORT_NOT_FOUND', 'not in this test'));
  const hardware: HardwarePorts = {
    serial: wires.ports,
    gpio: gpio.lines,
    dht: { read: absent },
    firmata: { open: absent },
  };
  const site = parseSite(`
id: a
name: { en: Stop }
place: { latitude: 37.57, longitude: 126.98 }
timeZone: Asia/Seoul
languages: [en]
serial: { air: { path: /dev/air } }
gpio: { lines: { help: ${button} } }
sensors:
  - { id: air, driver: sds011, port: air, interval: 10 s }
  - { id: help, driver: button, port: help }
store: { file: ${file}, commitInterval: 10 s }
api: { port: 0 }
uplink: { url: "${broker.url}", topicPrefix: city }
`);
  const log = { info() {}, warn() {} };
  shelter = createShelter(site, { hardware, clock, clockSync, random: () => 0.01, log });
  shelter.on('reading', (reading) => taken.push(reading));
  shelter.on('event', (event) => happened.push(event));
  await shelter.start();
  page = await hearEvents(shelter.url ?? '');
  const isConnected = async () => expect((await shelter.health()).uplink?.connected).toBe(true);
  await vi.waitFor(isConnected, { timeout: 20_000, interval: 20 });
}, 30_000);

afterAll(async () => {
  await shelter.stop();
  await device.close();
  await broker.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a shelter that is switched on in 1970', () => {
  it('senses, but tells nobody a time, and sends nothing while the time may still come', async () => {
    await pass(9 * minute);
    gpio.press(button);
    await pass(20 * second);
    expect(ownReadings()).toHaveLength(56 + 1);
    expect(taken.every(({ unsynchronised }) => unsynchronised)).toBe(true);
    expect(pressed()).toMatchObject([{ unsynchronised: true }]);

    expect(await ask<Health>('health')).toMatchObject({ clock: { synchronised: false, by: 'impossible' } });
    const now = await ask<Now>('now');
    expect(now.time).toBeNull();
    expect(now.inputs).toMatchObject([{ state: 'released', since: null }]);
    expect(now.streams.map(({ value, time, age }) => [value, time, age])).toEqual([
      [expect.any(Number), null, expect.any(Number)],
      [expect.any(Number), null, expect.any(Number)],
    ]);
    expect(page.of('event').map(({ kind, time }) => [kind, time])).toEqual([
      ['button.pressed', null],
      ['button.released', null],
    ]);
    expect(page.of('beat').every(({ time }: ServerEvents['beat']) => time === null)).toBe(true);
    const points = await historyFrom(0, 9 * minute);
    expect(points).toHaveLength(54);
    expect(points.every(({ unsynchronised }) => unsynchronised)).toBe(true);
    expect(city.readings).toEqual([]);
    expect(city.events.map(({ kind, time }) => [kind, time])).toEqual([
      ['button.pressed', null],
      ['button.released', null],
    ]);
  });

  it('sends its readings after a while all the same, without a time', async () => {
    await pass(3 * hour - clock.monotonic());
    expect(city.readings.length).toBeGreaterThan(2_000);
    expect(city.readings.every(({ time }) => time === null)).toBe(true);
  });
});

describe('3 h later, with network time', () => {
  it('every stamp is right, to the second, and history is in order', async () => {
    clock.step(switchedOn);
    clockSync.become({ synchronised: true, by: 'timesyncd' });
    await pass(minute);
    expect(await ask<Health>('health')).toMatchObject({
      time: new Date(clock.now()).toISOString(),
      clock: { synchronised: true, by: 'timesyncd' },
    });
    const rows = stored();
    const times = ownReadings().map(({ monotonic }) => truth(monotonic));
    expect(times.length).toBeGreaterThanOrEqual(3 * 360 + 6);
    expect(rows.map(({ time }) => time)).toEqual(times.slice(0, rows.length));
    expect(rows.length).toBeGreaterThanOrEqual(times.length - 2);

    const points = await historyFrom(switchedOn, clock.now());
    expect(points.map(({ time }) => Date.parse(time))).toEqual(rows.map(({ time }) => time));
    expect(points.map(({ value }) => value)).toEqual(rows.map(({ value }) => value));
    expect(points.some(({ unsynchronised }) => unsynchronised)).toBe(false);
    const hours = await historyFrom(switchedOn - hour, clock.now() + hour, '&every=1h');
    expect(hours.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
    expect(await historyFrom(0, switchedOn)).toEqual([]);
  });

  it('events have their times too, those that were told before included', async () => {
    const { events } = readDatabase(file);
    const [press] = pressed();
    expect(events).toMatchObject([
      { kind: 'button.pressed', time: truth(press?.monotonic ?? Number.NaN) },
      { kind: 'button.released' },
      { kind: 'clock.synchronised' },
      { kind: 'store.restamped' },
    ]);
    expect(happened.at(-1)).toMatchObject({
      kind: 'clock.synchronised',
      detail: { witness: 'timesyncd', wrongBy: switchedOn / second },
    });
  });

  it('the page knows the time, of each value and since when the button has been as it is', async () => {
    const now = await ask<Now>('now');
    expect(now.time).toBe(new Date(clock.now()).toISOString());
    expect(now.streams.every(({ time }) => Date.parse(time ?? '') > switchedOn)).toBe(true);
    const [help] = now.inputs;
    const released = happened.find(({ kind }) => kind === 'button.released');
    expect(Date.parse(help?.since ?? '')).toBe(truth(released?.monotonic ?? Number.NaN));
    expect(page.of('now').at(-1)?.time).not.toBeNull();
  });

  it('the city gets the right times from then on, is told which were not, and no name came twice', async () => {
    await pass(minute);
    const seqs = city.readings.map(({ seq }) => seq);
    expect(new Set(seqs).size).toBe(seqs.length);
    const byName = new Map(readDatabase(file).readings.map((row) => [row.seq, row.time]));
    const dated = city.readings.filter(({ time }) => time !== null);
    expect(dated.length).toBeGreaterThan(10);
    for (const { seq, time } of dated) expect(time).toBe(byName.get(seq));
    const restamped = city.events.find(({ kind }) => kind === 'store.restamped');
    expect(restamped?.detail).toMatchObject({ log: 'readings', first: 1 });
    const last = Number(restamped?.detail.last);
    expect(city.readings.every(({ seq, time }) => time !== null || seq <= last)).toBe(true);
  });
});

describe('a synchronised clock that is set an hour forward and, later, back', () => {
  it('gives each reading the time that it says, and the step is told', async () => {
    clock.step(hour);
    setAt.forward = clock.monotonic();
    await pass(30 * minute);
    clock.step(-hour);
    setAt.back = clock.monotonic();
    await pass(30 * minute);
    const steps = happened.filter(({ kind }) => kind === 'clock.stepped');
    expect(steps.map(({ detail }) => detail)).toEqual([{ by: 3_600 }, { by: -3_600 }]);

    const isForward = (monotonic: number) => monotonic > setAt.forward && monotonic <= setAt.back;
    const rows = stored();
    const times = ownReadings().map(({ monotonic }) => truth(monotonic) + (isForward(monotonic) ? hour : 0));
    expect(rows.map(({ time }) => time)).toEqual(times.slice(0, rows.length));
    expect(rows.length).toBeGreaterThanOrEqual(times.length - 2);
  });

  it('leaves history in the order of time, and its means right', async () => {
    const rows = stored().toSorted((a, b) => a.time - b.time || a.seq - b.seq);
    const points = await historyFrom(switchedOn, clock.now() + 2 * hour);
    expect(points.map(({ time, value }) => [Date.parse(time), value])).toEqual(
      rows.map(({ time, value }) => [time, value]),
    );
    const tens = await historyFrom(switchedOn - hour, clock.now() + 2 * hour, '&every=10min');
    for (const { time, value, count } of tens) {
      const start = Date.parse(time);
      const inside = rows.filter((row) => row.time >= start && row.time < start + 10 * minute);
      const good = inside.flatMap((row) => row.value ?? []);
      expect(count).toBe(good.length);
      expect(value).toBeCloseTo(good.reduce((sum, each) => sum + each, 0) / good.length, 9);
    }
    expect(tens.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
  });

  it('is no reason for the page to take a value for old', async () => {
    const { streams } = await ask<Now>('now');
    expect(streams.map(({ state }) => state)).toEqual(['fresh', 'fresh']);
  });
});

it('whatever the clock did, a reading was taken every 10 s', () => {
  // The first one waits for the sensor, which is switched on with the shelter.
  const [, ...times] = ownReadings().map(({ monotonic }) => monotonic);
  expect(times).toEqual(times.map((_, index) => (index + 1) * interval));
  expect(times.at(-1)).toBeGreaterThan(4 * hour);
});
