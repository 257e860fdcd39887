import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { systemClock } from '../../drivers/bindings/system-clock.js';
import { ptyBus } from '../../simulators/buses/pty.js';
import { type SimulatedDevice, simulateDevice } from '../../simulators/device.js';
import { modelledEnvironment } from '../../simulators/environment.js';
import { createSerialTwin } from '../../simulators/models/index.js';
import { seededRandom } from '../../simulators/random.js';
import { type CuttableProxy, startProxy } from '../rigs/cuttable-proxy.js';
import { covers, readDatabase, type Snapshot } from '../rigs/database.js';
import { scratchFolder } from '../rigs/scratch.js';
import { type Subscriber, subscribe } from '../rigs/subscriber.js';
import { startTestBroker, type TestBroker } from '../rigs/test-broker.js';
import { startUshelter } from '../rigs/ushelter.js';

const kills = 8;
const patient = { timeout: 10_000, interval: 20 };

let broker: TestBroker;
let line: CuttableProxy;
let devices: SimulatedDevice[];
let subscriber: Subscriber;
let site: string;
let database: string;

beforeAll(async () => {
  const environment = modelledEnvironment(1);
  const folder = scratchFolder();
  database = join(folder, 'readings.db');
  site = join(folder, 'site.yaml');
  broker = await startTestBroker();
  line = await startProxy(broker.port);
  subscriber = await subscribe(broker.url, 'ushelter/stop/#');
  devices = await Promise.all(
    ['sds011', 'pms5003'].map(async (model) => {
      const twin = createSerialTwin(model);
      if (!twin) throw new Error(`there is no ${model}`);
      return simulateDevice({ twin, bus: await ptyBus(model), environment, clock: systemClock, seed: 1 });
    }),
  );
  writeFileSync(site, siteFile());
});

afterAll(async () => {
  await Promise.all(devices.map((device) => device.close()));
  await line.close();
  await broker.close();
});

/** Small messages and short intervals: whenever it is killed, something is under way. */
function siteFile(): string {
  const [sds011, pms5003] = devices.map(({ path }) => path);
  return `
id: stop
name: { en: Stop }
place: { latitude: 37.57, longitude: 126.98 }
timeZone: Asia/Seoul
languages: [en]
serial: { one: { path: ${sds011} }, two: { path: ${pms5003} } }
sensors:
  - { id: one, driver: sds011, port: one, interval: 1 s }
  - { id: two, driver: pms5003, port: two, interval: 1 s }
store: { file: ${database}, commitInterval: 100 ms }
uplink: { url: 'mqtt://127.0.0.1:${line.port}', batch: 3 }
api: { port: 0 }
`;
}

/** The seqs of each message of readings that was seen, in order. */
function batches(): number[][] {
  return subscriber.messages
    .filter(({ kind }) => kind === 'readings')
    .map(({ records }) => records.map(({ extras }) => Number(extras.seq)));
}

/** Waits until nothing that a killed run has sent can come any more. */
async function settleBroker(run: number): Promise<void> {
  line.cut();
  // With its own name taken by another, the broker drops whatever it still has of it.
  const successor = await connectAsync(broker.url, { clientId: 'ushelter-stop', reconnectPeriod: 0 });
  await successor.publishAsync('ushelter/stop/marker', String(run), { qos: 1 });
  await successor.endAsync();
  await vi.waitFor(
    () =>
      expect(subscriber.messages.some(({ kind, text }) => kind === 'marker' && text === String(run))).toBe(
        true,
      ),
    patient,
  );
}

/** Each row that was seen lies in the database as it was sent. */
function expectSeenIsStored({ readings, epoch }: Snapshot): void {
  const stored = new Map(readings.map((row) => [row.seq, row]));
  for (const { records } of subscriber.messages.filter(({ kind }) => kind === 'readings')) {
    for (const { name, time, extras } of records) {
      expect(extras.bepoch).toBe(epoch);
      const row = stored.get(Number(extras.seq));
      expect(name).toBe(`ushelter:stop:${row?.stream}${row?.value === null ? '/missing' : ''}`);
      expect(Math.round(time * 1_000)).toBe(row?.time);
    }
  }
}

/** No row is sent twice, nor one that was settled before. */
function expectNoneAgain(sent: readonly number[], { settled }: Snapshot): void {
  expect(sent.filter((seq) => covers(settled, seq))).toEqual([]);
  expect(new Set(sent).size).toBe(sent.length);
}

/** The seqs of these rows are all that follow the one before them, but for what the ledger says was passed over. */
function expectWhole(seqs: readonly number[], before: number, { skipped }: Snapshot): void {
  const given = range(before + 1, seqs.at(-1) ?? before).filter((seq) => !covers(skipped, seq));
  expect(seqs).toEqual(given);
}

it(`keeps each committed reading once and resends only what was not acknowledged, over ${kills} kills`, async () => {
  const random = seededRandom(20_260_101);
  let before: Snapshot = { epoch: '', readings: [], events: [], skipped: [], settled: [] };
  let resent = 0;

  for (let run = 1; run <= kills; run++) {
    const seenBefore = batches().length;
    const shelter = startUshelter(['run', '--config', site]);
    if (run % 3 === 0) {
      await pause(random() * 600);
    } else {
      const enough = seenBefore + 4 * random();
      await vi.waitFor(() => expect(batches().length).toBeGreaterThan(enough), patient);
      await pause(random() * 1_200);
    }
    if (run % 2 === 0 && batches().length > seenBefore) {
      // What is sent from now on arrives, but its acknowledgement does not come back.
      line.muffle();
      await vi.waitFor(() => {
        const { settled } = readDatabase(database);
        expect(
          batches()
            .at(-1)
            ?.some((seq) => !covers(settled, seq)),
        ).toBe(true);
      }, patient);
    }
    expect(await shelter.end('SIGKILL')).toMatchObject({ signal: 'SIGKILL', stderr: '' });
    await settleBroker(run);

    const after = readDatabase(database);
    if (before.epoch) expect(after.epoch).toBe(before.epoch);
    expectWhole(
      after.readings.map(({ seq }) => seq),
      0,
      after,
    );
    expect(after.readings.slice(0, before.readings.length)).toEqual(before.readings);
    expect(new Set(after.readings.map(({ stream, time }) => `${stream} ${time}`)).size).toBe(
      after.readings.length,
    );
    expectSeenIsStored(after);

    const sent = batches().slice(seenBefore);
    expectNoneAgain(sent.flat(), before);
    const seen = new Set(batches().flat());
    const settled = after.readings.filter(({ seq }) => covers(after.settled, seq));
    expect(settled.filter(({ seq }) => !seen.has(seq))).toEqual([]);
    expect(
      before.readings.filter(({ seq }) => covers(before.settled, seq) && !covers(after.settled, seq)),
    ).toEqual([]);
    resent += sent.flat().filter((seq) => !covers(after.settled, seq)).length;
    before = after;
  }
  expect(resent).toBeGreaterThan(0);

  const seenBefore = batches().length;
  const last = startUshelter(['run', '--config', site]);
  const unsettled = before.readings.filter(({ seq }) => !covers(before.settled, seq));
  await vi.waitFor(() => {
    const seen = new Set(batches().slice(seenBefore).flat());
    expect(unsettled.filter(({ seq }) => !seen.has(seq))).toEqual([]);
    expect(seen.size).toBeGreaterThan(unsettled.length);
  }, patient);
  expect(await last.end('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
  await settleBroker(kills + 1);

  const end = readDatabase(database);
  expectNoneAgain(batches().slice(seenBefore).flat(), before);
  expectSeenIsStored(end);
  const seen = new Set(batches().flat());
  expect(end.readings.filter(({ seq }) => covers(end.settled, seq) && !seen.has(seq))).toEqual([]);
}, 60_000);

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
