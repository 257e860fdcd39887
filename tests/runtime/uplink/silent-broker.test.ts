import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../drivers/bindings/system-clock.js';
import type { Store } from '../../../runtime/store/port.js';
import { openStore } from '../../../runtime/store/store.js';
import { startProxy } from '../../rigs/cuttable-proxy.js';
import { mosquitto, startMosquitto } from '../../rigs/mosquitto.js';
import { readingAt } from '../../suites/store-suite.js';
import { uplinkTo } from './rig.js';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** Readings at a time, every so many ms, so many times: 1,000 a second is far more than any shelter has. */
const burst = { readings: 10, every: 10, times: 100 };

describe.runIf(mosquitto)('an uplink whose broker does not answer any more', () => {
  it('keeps no reading from the store', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ushelter-silent-'));
    cleanUps.push(() => rm(folder, { recursive: true }));
    const broker = await startMosquitto();
    cleanUps.push(() => broker.close());
    const proxy = await startProxy(broker.port);
    cleanUps.push(() => proxy.close());
    const store = await openStore({
      file: join(folder, 'readings.db'),
      device: 'a',
      commitInterval: 100,
      clock: systemClock,
    });
    cleanUps.push(() => store.close());
    const { uplink } = await uplinkTo(`mqtt://127.0.0.1:${proxy.port}`, {}, { store });
    cleanUps.push(() => uplink.stop());
    // It does not wait for what cannot come any more.
    cleanUps.push(proxy.cut);
    uplink.start();
    await vi.waitFor(async () => expect((await uplink.status()).connected).toBe(true));

    await sense(store);
    await store.flush();
    await vi.waitFor(async () => expect((await uplink.status()).waiting.readings).toBe(0), {
      timeout: 5_000,
    });
    proxy.muffle();
    await sense(store);
    await store.flush();

    expect((await store.status()).last.readings).toBe(2 * total);
    expect(await uplink.status()).toMatchObject({ connected: true, waiting: { readings: total } });
  });
});

const total = burst.readings * burst.times;

function sense(store: Pick<Store, 'append'>): Promise<void> {
  return new Promise((resolve) => {
    let round = 0;
    const timer = setInterval(() => {
      const time = systemClock.now();
      store.append(Array.from({ length: burst.readings }, (_, index) => readingAt(time + index, index)));
      if (++round < burst.times) return;
      clearInterval(timer);
      resolve();
    }, burst.every);
  });
}
