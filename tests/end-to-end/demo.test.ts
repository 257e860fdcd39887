import { beforeAll, describe, expect, it, vi } from 'vitest';
import { isProperty, properties } from '../../config/catalogue/properties.js';
import { units } from '../../config/catalogue/units.js';
import type { Now, StreamNow } from '../../runtime/api/contract.js';
import type { Air } from '../../simulators/contract.js';
import { type HeardEvents, hearEvents } from '../rigs/api-events.js';
import { readDatabase } from '../rigs/database.js';
import { type Demo, startDemo } from '../rigs/demo.js';
import { scratchFolder } from '../rigs/scratch.js';
import { type Subscriber, subscribe } from '../rigs/subscriber.js';

/** From the program's start, in ms. */
const soon = 10_000;

/** How long anything may take that crosses processes, in ms. */
const patient = { timeout: 15_000, interval: 50 };

/** How often the demo's serial sensors are sampled, in ms. */
const everyOtherSecond = 2_000;

/** Least step between two values of a sensor, after its datasheet. The air moves by less than that in a second. */
const resolutions: Readonly<Record<string, number>> = {
  'air/pm2_5': 0.1,
  'air/pm10': 0.1,
  'air-2/pm1': 1,
  'air-2/pm2_5': 1,
  'air-2/pm10': 1,
  'outdoor/temperature': 0.01,
  'outdoor/humidity': 0.01,
  'outdoor/pressure': 0.01,
  'bench/temperature': 0.1,
  'bench/humidity': 0.1,
};

/** What the factory's calibration makes of the air: as much as there is up to half as much again. */
const factory: Readonly<Record<string, keyof Air>> = {
  'air-2/pm1_cf1': 'pm1',
  'air-2/pm2_5_cf1': 'pm2_5',
  'air-2/pm10_cf1': 'pm10',
};

/** Of the same air, from the smallest particles on: the air has no numbers for them, but an order. */
const counts = ['0_3', '0_5', '1_0', '2_5', '5_0', '10'].map((size) => `air-2/particles_${size}`);

describe('The demo', () => {
  let demo: Demo;
  let first: Now;
  let events: HeardEvents;
  let subscriber: Subscriber;
  let subscribed: number;
  let took: number;

  beforeAll(async () => {
    const started = performance.now();
    demo = await startDemo({ data: scratchFolder(), port: 0 });
    [events, subscriber] = await Promise.all([
      hearEvents(demo.page),
      subscribe(demo.broker, 'ushelter/demo/#'),
    ]);
    subscribed = Date.now();
    first = await vi.waitFor(
      async () => {
        const now = await demo.now();
        expect(now.streams.filter(({ flag }) => flag !== 'pass')).toEqual([]);
        return now;
      },
      { timeout: soon, interval: 50 },
    );
    took = performance.now() - started;
  });

  async function airAt({ time }: StreamNow): Promise<Air> {
    return JSON.parse(await demo.rig(`air ${time}`));
  }

  /** The rows of one event in the database, and what the API and the broker told of it. */
  function accountsOf(kind: string, source: string) {
    return {
      stored: readDatabase(demo.database).events.filter((one) => one.kind === kind && one.source === source),
      heard: events.of('event').filter((one) => one.kind === kind && one.source === source),
      sent: recordsOf('events', subscriber).filter(
        ({ name, value }) => name === `ushelter:demo:${source}/event` && value === kind,
      ),
    };
  }

  /** Waits until all three tell of the event so many times, and expects that they tell the same. */
  async function expectEvent(kind: string, source: string, times: number): Promise<void> {
    const { stored, heard, sent } = await vi.waitFor(() => {
      const accounts = accountsOf(kind, source);
      for (const account of Object.values(accounts)) expect(account).toHaveLength(times);
      return accounts;
    }, patient);
    expect(heard.map(({ time }) => Date.parse(time ?? ''))).toEqual(stored.map(({ time }) => time));
    expect(sent.map(({ extras }) => extras.seq)).toEqual(stored.map(({ seq }) => seq));
    expect(sent.map(({ time }) => time * 1_000)).toEqual(stored.map(({ time }) => time));
  }

  it('has at least eight streams within 10 s, all passed and younger than 15 s', () => {
    expect(took).toBeLessThan(soon);
    expect(first.streams.length).toBeGreaterThanOrEqual(8);
    for (const { age, state } of first.streams) {
      expect(age).toBeLessThan(15);
      expect(state).toBe('fresh');
    }
    expect(first.streams.map(({ stream }) => stream).sort()).toEqual(
      [...Object.keys(resolutions), ...Object.keys(factory), ...counts].sort(),
    );
  });

  it('says of each stream what the simulated air had, within the sensor’s resolution', async () => {
    for (const stream of first.streams) {
      const resolution = resolutions[stream.stream];
      if (resolution === undefined) continue;
      const air = await airAt(stream);
      const truth = air[stream.property as keyof Air];
      expect(Math.abs((stream.value ?? Number.NaN) - truth), stream.stream).toBeLessThanOrEqual(resolution);
    }
  });

  it('says what the factory’s calibration and the counts can be in that air', async () => {
    const told = (id: string) => first.streams.find(({ stream }) => stream === id)?.value ?? Number.NaN;
    for (const stream of first.streams) {
      const property = factory[stream.stream];
      if (!property) continue;
      const truth = (await airAt(stream))[property];
      expect(stream.value).toBeGreaterThanOrEqual(truth - 1);
      expect(stream.value).toBeLessThanOrEqual(1.5 * truth + 1);
    }
    const numbers = counts.map(told);
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
    expect(numbers[0]).toBeGreaterThan(0);
  });

  it.concurrent('keeps in SQLite and sends over MQTT, under one seq, what the API tells', async () => {
    const told = await vi.waitFor(async () => {
      const { streams } = await demo.now();
      const all = streams.map(({ stream, value, time }) => ({ stream, value, time: Date.parse(time ?? '') }));
      expect(all.filter(({ time }) => time < subscribed)).toEqual([]);
      return all;
    }, patient);
    await vi.waitFor(() => {
      const { readings, epoch } = readDatabase(demo.database);
      const sent = recordsOf('readings', subscriber);
      for (const { stream, value, time } of told) {
        const row = readings.find((one) => one.stream === stream && one.time === time);
        expect(row, stream).toMatchObject({ value, quality: 1 });
        const record = sent.find(({ extras }) => extras.seq === row?.seq);
        expect(record, stream).toMatchObject({ name: `ushelter:demo:${stream}`, time: time / 1_000 });
        expect(record?.extras).toMatchObject({ bepoch: epoch, q: 1 });
        expect(record?.value).toBeCloseTo((value ?? Number.NaN) * factorOf(stream), 12);
      }
    }, patient);
  });

  it.concurrent('tells of a pressed button once, although its contacts bounce', async () => {
    expect(await demo.rig('press help')).toBe('help: pressed');
    await expectEvent('button.pressed', 'help', 1);
    await expectEvent('button.released', 'help', 1);
  });

  it.concurrent('tells of a sensor that is unplugged and of its return, while the others go on', async () => {
    await demo.rig('unplug air');
    await expectEvent('device.failing', 'air', 1);
    expect((await demo.now()).sensors).toContainEqual(
      expect.objectContaining({ sensor: 'air', state: 'failing' }),
    );
    await demo.rig('plug air');
    await expectEvent('device.recovered', 'air', 1);
    expect((await demo.now()).sensors.filter(({ state }) => state !== 'ok')).toEqual([]);

    const [failed = 0] = accountsOf('device.failing', 'air').stored.map(({ time }) => time);
    const [recovered = 0] = accountsOf('device.recovered', 'air').stored.map(({ time }) => time);
    for (const stream of ['air-2/pm2_5', 'outdoor/temperature']) {
      const rows = await vi.waitFor(() => {
        const all = readDatabase(demo.database).readings.filter((row) => row.stream === stream);
        expect(all.at(-1)?.time).toBeGreaterThan(recovered);
        return all.filter(({ time }) => time >= failed - 2 * everyOtherSecond);
      }, patient);
      const gaps = rows.slice(1).map(({ time }, index) => time - (rows[index]?.time ?? 0));
      expect(Math.max(...gaps), stream).toBeLessThan(2 * everyOtherSecond);
      expect(rows.filter(({ quality }) => quality !== 1)).toEqual([]);
    }
  });

  it('leaves its ports to itself: a second one beside it takes the next free ones and says so', async () => {
    const { port } = new URL(demo.page);
    const second = await startDemo({ data: scratchFolder(), port: Number(port) });
    await second.program.says(new RegExp(`port ${port} is taken; the API listens on (\\d+)`));
    expect(new URL(second.page).port).not.toBe(port);
    expect(second.broker).not.toBe(demo.broker);
    expect((await second.now()).site.id).toBe('demo');
    expect(await second.rig('devices')).toContain('"air"');
    expect(await second.program.end('SIGTERM')).toMatchObject({ code: 0 });
    expect((await demo.now()).sensors.filter(({ state }) => state !== 'ok')).toEqual([]);
  });

  it('ends with exit code 0 on SIGTERM, and everything it held is committed', async () => {
    const fresh = () => events.of('stream').filter(({ state }) => state === 'fresh');
    await vi.waitFor(() => expect(fresh().length).toBeGreaterThan(50), { timeout: 30_000 });
    const { code, stderr } = await demo.program.end('SIGTERM');
    expect(code).toBe(0);
    await events.ended;
    const { readings } = readDatabase(demo.database);
    const stored = new Map(readings.map(({ stream, time, value }) => [`${stream} ${time}`, value]));
    for (const { stream, time, value } of fresh()) {
      expect(stored.get(`${stream} ${Date.parse(time ?? '')}`), stream).toBe(value);
    }
    expect(subscriber.messages.at(-1)).toMatchObject({ kind: 'status', text: 'offline' });
    // What a machine without Electron or without a display lacks is said in one line, and has stopped nothing.
    expect(stderr).toMatch(/^[^\n]*(Electron|display)[^\n]*\n$/);
  });
});

function recordsOf(kind: string, { messages }: Subscriber) {
  return messages.filter((message) => message.kind === kind).flatMap(({ records }) => records);
}

/** What one of our units is in the unit that SenML wants. */
function factorOf(stream: string): number {
  const property = stream.split('/')[1] ?? '';
  return isProperty(property) ? units[properties[property].unit].senml.factor : Number.NaN;
}
