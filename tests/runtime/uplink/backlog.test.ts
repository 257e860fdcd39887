import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../drivers/bindings/system-clock.js';
import { openStore } from '../../../runtime/store/store.js';
import { mosquitto, startMosquitto } from '../../rigs/mosquitto.js';
import { readingAt } from '../../suites/store-suite.js';
import { listenAt, uplinkTo } from './rig.js';
import { resolve } from './senml.js';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const backlog = 50_000;

describe.runIf(mosquitto)('a backlog in the database and a Mosquitto', () => {
  it('has each fresh reading there within two seconds while it drains, and then all of it, once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ushelter-backlog-'));
    cleanUps.push(() => rm(folder, { recursive: true }));
    const file = join(folder, 'readings.db');
    const store = await openStore({ file, device: 'a', commitInterval: 100, clock: systemClock });
    cleanUps.push(() => store.close());
    const start = systemClock.now() - backlog;
    store.append(Array.from({ length: backlog }, (_, index) => readingAt(start + index, index % 30)));
    await store.flush();
    const broker = await startMosquitto();
    cleanUps.push(() => broker.close());
    const seqs: number[] = [];
    const listener = await listenAt(broker.port, (topic, payload) => {
      if (topic === 'city/a/readings') seqs.push(...resolve(payload).map(({ extras }) => Number(extras.seq)));
    });
    cleanUps.push(() => listener.endAsync(true));
    const { uplink } = await uplinkTo(`mqtt://127.0.0.1:${broker.port}`, { backlogRate: 20_000 }, { store });
    cleanUps.push(() => uplink.stop());

    uplink.start();
    for (let fresh = 1; fresh <= 5; fresh++) {
      store.append([readingAt(systemClock.now(), 20)]);
      await vi.waitFor(() => expect(seqs).toContain(backlog + fresh), { timeout: 2_000, interval: 20 });
      expect((await uplink.status()).waiting.readings).toBeGreaterThan(0);
    }
    await vi.waitFor(async () => expect((await uplink.status()).waiting.readings).toBe(0), {
      timeout: 15_000,
    });
    await vi.waitFor(() => expect(seqs).toHaveLength(backlog + 5));
    expect(new Set(seqs).size).toBe(backlog + 5);
  });
});
