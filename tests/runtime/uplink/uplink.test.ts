import { afterEach, describe, expect, it, vi } from 'vitest';
import { startProxy } from '../../rigs/cuttable-proxy.js';
import { mosquitto, startMosquitto } from '../../rigs/mosquitto.js';
import { listenAt, uplinkTo } from './rig.js';
import { resolve } from './senml.js';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

describe.runIf(mosquitto)('the uplink to Mosquitto', () => {
  it('brings every row there over a line that is cut again and again', async () => {
    const broker = await startMosquitto();
    const proxy = await startProxy(broker.port);
    const { store, uplink } = await uplinkTo(`mqtt://127.0.0.1:${proxy.port}`);
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
    await vi.waitFor(() => expect(store.cursor('readings')).toBe(3_000), { timeout: 10_000 });
    expect([...new Set(seen)].sort((a, b) => a - b)).toEqual(upTo(3_000));
  });

  it('goes on by itself when the broker has died and is back', async () => {
    const broker = await startMosquitto();
    const { store, uplink } = await uplinkTo(`mqtt://127.0.0.1:${broker.port}`);
    cleanUps.push(broker.close, () => uplink.stop());
    uplink.start();
    for (let round = 1; round <= 3; round++) {
      store.commit('readings', 5);
      await vi.waitFor(() => expect(store.cursor('readings')).toBe(10 * round - 5), { timeout: 5_000 });
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
      await vi.waitFor(() => expect(store.cursor('readings')).toBe(10 * round), { timeout: 5_000 });
    }
  });

  it('is online while it runs and offline after it stopped, and tells how it stands', async () => {
    const broker = await startMosquitto();
    cleanUps.push(broker.close);
    const { store, uplink } = await uplinkTo(`mqtt://127.0.0.1:${broker.port}`);
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
        quarantined: { readings: 0, events: 0 },
        sent: { readings: 3, events: 1 },
        problem: undefined,
      }),
    );
    await uplink.stop();
    await vi.waitFor(() => expect(heard).toEqual(['online', 'offline']));
  });

  it.each(['senml-cbor', 'sparkplug-b', 'home-assistant'] as const)('speaks %s', async (codec) => {
    const broker = await startMosquitto();
    const { store, uplink } = await uplinkTo(`mqtt://127.0.0.1:${broker.port}`, { codec });
    cleanUps.push(broker.close, () => uplink.stop());
    uplink.start();
    store.commit('readings', 120);
    store.commit('events', 3);
    await vi.waitFor(() => expect(store.cursor('readings')).toBe(120));
    await vi.waitFor(() => expect(store.cursor('events')).toBe(3));
  });
});
