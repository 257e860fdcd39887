import { connectAsync } from 'mqtt';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../drivers/bindings/system-clock.js';
import { createUplink } from '../../../runtime/uplink/uplink.js';
import { startProxy } from '../../rigs/cuttable-proxy.js';
import { mosquitto, startMosquitto } from '../../rigs/mosquitto.js';
import { memoryStore, quiet } from './fakes.js';
import { resolve } from './senml.js';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

describe.runIf(mosquitto)('the uplink to Mosquitto', () => {
  it('brings every row there, in order, over a line that is cut again and again', async () => {
    const broker = await startMosquitto();
    const proxy = await startProxy(broker.port);
    const { store, uplink } = uplinkTo(proxy.port);
    const seen: number[] = [];
    const listener = await listenAt(broker.port, (topic, payload) => {
      if (topic === 'city/a/readings') seen.push(...resolve(payload).map(({ extras }) => Number(extras.seq)));
    });
    cleanUps.push(
      broker.close,
      proxy.close,
      () => listener.endAsync(true),
      () => uplink.stop(),
    );

    uplink.start();
    for (let round = 0; round < 10; round++) {
      const before = seen.length;
      store.commit('readings', 300);
      await vi.waitFor(() => expect(seen.length).toBeGreaterThan(before), { timeout: 5_000, interval: 1 });
      if (round % 2) proxy.muffle();
      await new Promise(setImmediate);
      proxy.cut();
    }
    await vi.waitFor(() => expect(store.cursors.readings).toBe(3_000), { timeout: 10_000 });
    expect([...new Set(seen)]).toEqual(Array.from({ length: 3_000 }, (_, index) => index + 1));
  });

  it('goes on by itself when the broker has died and is back', async () => {
    const broker = await startMosquitto();
    const { store, uplink } = uplinkTo(broker.port);
    cleanUps.push(broker.close, () => uplink.stop());
    uplink.start();
    for (let round = 1; round <= 3; round++) {
      store.commit('readings', 5);
      await vi.waitFor(() => expect(store.cursors.readings).toBe(10 * round - 5), { timeout: 5_000 });
      await broker.kill();
      store.commit('readings', 5);
      await vi.waitFor(async () =>
        expect(await uplink.status()).toMatchObject({
          connected: false,
          waiting: { readings: 5 },
          problem: { code: 'UPLINK_UNREACHABLE' },
        }),
      );
      await broker.start();
      await vi.waitFor(() => expect(store.cursors.readings).toBe(10 * round), { timeout: 5_000 });
    }
  });

  it('is online while it runs and offline after it stopped, and tells how it stands', async () => {
    const broker = await startMosquitto();
    cleanUps.push(broker.close);
    const { store, uplink } = uplinkTo(broker.port);
    const heard: string[] = [];
    const listener = await listenAt(broker.port, (topic, payload) => {
      if (topic === 'city/a/status') heard.push(String(payload));
    });
    cleanUps.push(() => listener.endAsync(true));

    store.commit('readings', 3);
    store.commit('events', 1);
    expect(await uplink.status()).toMatchObject({ connected: false, waiting: { readings: 3, events: 1 } });
    uplink.start();
    await vi.waitFor(async () =>
      expect(await uplink.status()).toEqual({
        url: `mqtt://127.0.0.1:${broker.port}`,
        connected: true,
        waiting: { readings: 0, events: 0 },
        sent: { readings: 3, events: 1 },
        problem: undefined,
      }),
    );
    await uplink.stop();
    await vi.waitFor(() => expect(heard).toEqual(['online', 'offline']));
  });
});

function uplinkTo(port: number) {
  const memory = memoryStore();
  const store = {
    ...memory,
    epoch: 'e1',
    async status() {
      const last = { readings: memory.rows.readings.length, events: memory.rows.events.length };
      const { cursors } = memory;
      return {
        epoch: 'e1',
        file: '',
        bytes: 0,
        last,
        waiting: {
          mqtt: { readings: last.readings - cursors.readings, events: last.events - cursors.events },
        },
        uncommitted: 0,
        dropped: { readings: 0, events: 0 },
        problem: null,
      };
    },
  };
  const uplink = createUplink({
    config: { url: `mqtt://127.0.0.1:${port}`, topicPrefix: 'city', batch: 50 },
    device: 'a',
    store,
    clock: systemClock,
    random: () => 0.002,
    log: quiet,
  });
  return { store, uplink };
}

async function listenAt(port: number, tell: (topic: string, payload: Buffer) => void) {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 });
  client.on('message', tell);
  await client.subscribeAsync('city/#', { qos: 1 });
  return client;
}
