import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import type { UplinkConfig } from '../../config/site.js';
import { systemClock } from '../../drivers/bindings/system-clock.js';
import type { Store } from '../../runtime/store/port.js';
import { openStore } from '../../runtime/store/store.js';
import type { Speaker } from '../../runtime/uplink/codecs/codec.js';
import { createUplink } from '../../runtime/uplink/uplink.js';
import { fillDatabase } from '../rigs/filled-database.js';
import { mosquitto, startMosquitto } from '../rigs/mosquitto.js';
import { wander } from '../rigs/wandering-sensors.js';
import { type Bench, type Figure, median } from './bench.js';
import { type Effort, effortOf } from './effort.js';

/** That wait to be sent. */
const rows = 100_000;
/** Readings in a message: as in a live one of ten streams, and as in one of a backlog. */
const batches = [10, 100] as const;

/** The first is for warming up, and gives the payloads. */
const rounds = 6;

const device = 'shelter';

/** How fast a shelter gives away what waits. */
export const drain: Bench = {
  name: 'drain',
  about: `A backlog of ${rows.toLocaleString('en')} readings of ten streams, from the first lease until the last is settled: out of the store's
thread, as SenML JSON, at QoS 1 to Mosquitto, and the cursor moved on. Beside MQTT.js alone, which publishes the very
same payloads, made before, to the same broker, each when the last is acknowledged. One after the other; medians of
${rounds - 1} rounds.`,
  async measure(root) {
    if (!mosquitto) {
      console.error('  There is no Mosquitto: this is not measured.');
      return [];
    }
    const broker = await startMosquitto();
    const folder = await mkdtemp(join(root, 'node_modules/.cache/drain-'));
    try {
      const full = join(folder, 'full.db');
      fillDatabase(full, device, wander(rows));
      const figures = [];
      for (const batch of batches)
        figures.push(...(await measureBatch(batch, { folder, full, port: broker.port })));
      return figures;
    } finally {
      await rm(folder, { recursive: true });
      await broker.close();
    }
  },
};

interface Place {
  folder: string;
  /** The database to copy. */
  full: string;
  /** The broker's. */
  port: number;
}

async function measureBatch(batch: number, { folder, full, port }: Place): Promise<Figure[]> {
  const file = join(folder, 'readings.db');
  const ours: Effort[] = [];
  const plain: Effort[] = [];
  const listener = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 });
  const payloads = await listen(listener);
  for (let round = 0; round < rounds; round++) {
    await copyFile(full, file);
    ours.push(await forward(file, port, batch));
    if (round === 0) await listener.endAsync();
    plain.push(await publish(payloads, port));
    await rm(file);
  }
  const each = (efforts: readonly Effort[], of: (effort: Effort) => number) =>
    median(efforts.slice(1).map(of));
  const perSecond = ({ seconds }: Effort) => rows / seconds;
  const cpu = ({ cpu }: Effort) => (1_000 * cpu) / (rows / 1_000);
  const alone = 'MQTT.js alone';
  return [
    {
      what: `readings sent, ${batch.toLocaleString('en')} in a message`,
      value: each(ours, perSecond),
      unit: '/s',
      reference: { what: alone, value: each(plain, perSecond) },
      aim: '≥ × 0.7',
    },
    {
      what: '— CPU time for 1,000 readings',
      value: each(ours, cpu),
      unit: 'ms',
      reference: { what: alone, value: each(plain, cpu) },
    },
  ];
}

const topicPrefix = 'bench';

/** Gathers what is said of readings, from now on. */
async function listen(client: MqttClient): Promise<Buffer[]> {
  const payloads: Buffer[] = [];
  client.on('message', (_, payload) => payloads.push(payload));
  await client.subscribeAsync(`${topicPrefix}/${device}/readings`, { qos: 1 });
  return payloads;
}

/** Until all is settled. */
async function forward(file: string, port: number, batch: number): Promise<Effort> {
  const store = await openStore({ file, device, commitInterval: 10_000, clock: systemClock });
  const watched = watch(store);
  const config: UplinkConfig = {
    url: `mqtt://127.0.0.1:${port}`,
    topicPrefix,
    codec: 'senml-json',
    batch,
    backlogRate: 1_000_000,
    trustedKeys: [],
    unsignedContent: 'refuse',
  };
  const uplink = await createUplink({
    config,
    speaker: speakerOf(store.epoch),
    store: watched.store,
    onEvent() {},
    clock: systemClock,
    random: Math.random,
    log: { info() {}, warn: (_, message) => console.error(message) },
  });
  uplink.start();
  await watched.begun;
  const effort = await effortOf(() => watched.done);
  await uplink.stop();
  await store.close();
  return effort;
}

/** Sees when the first reading is asked for, and when the last is settled. */
function watch(store: Store): { store: Store; begun: Promise<void>; done: Promise<void> } {
  let begin = () => {};
  let end = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  let settled = 0;
  return {
    begun,
    done,
    store: {
      ...store,
      lease(uplink, log, most, span) {
        if (log === 'readings') begin();
        return store.lease(uplink, log, most, span);
      },
      async settle(uplink, log, span) {
        await store.settle(uplink, log, span);
        if (log === 'readings') settled += span.last - span.first + 1;
        if (settled === rows) end();
      },
    },
  };
}

function speakerOf(epoch: string): Speaker {
  return {
    device: { id: device, epoch },
    name: { en: 'Bench' },
    version: '0',
    prefix: topicPrefix,
    streams: () => [],
    latest: () => [],
    staleAfter: () => 0,
    inputs: [],
    now: systemClock.now,
  };
}

/** With the same bytes on the wire, each as soon as the last is acknowledged: faster here than several at a time. */
async function publish(payloads: readonly Buffer[], port: number): Promise<Effort> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 5, reconnectPeriod: 0 });
  const topic = `${topicPrefix}/${device}/readings`;
  const options = { qos: 1, properties: { contentType: 'application/senml+json' } } as const;
  const effort = await effortOf(async () => {
    for (const payload of payloads) await client.publishAsync(topic, payload, options);
  });
  await client.endAsync();
  return effort;
}
