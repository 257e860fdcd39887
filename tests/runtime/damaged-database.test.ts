import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../drivers/bindings/system-clock.js';
import type { Health } from '../../runtime/api/contract.js';
import type { Reading, StoredReading } from '../../runtime/reading.js';
import { openDatabase } from '../../runtime/store/database.js';
import { everything } from '../../runtime/store/port.js';
import { hastyClock } from '../rigs/hasty-clock.js';
import { scratchFolder } from '../rigs/scratch.js';
import { openStreet, type SensingShelter, type Street } from '../rigs/sensing-shelter.js';
import { makeUsedDatabase, used } from '../rigs/used-database.js';
import { copyDatabase, flipBytes, randomFrom } from '../rigs/worn-card.js';

/** The sensors speak so many times as often as real ones: what is measured is the shelter, not their pace. */
const haste = 20;

/** In ms: 5 s, less what a real sensor and a real group commit take. */
const allowed = 5_000 - 1_000 - 150;

const original = join(scratchFolder(), 'original.db');

let street: Street;
beforeAll(async () => {
  makeUsedDatabase(original);
  street = await openStreet(1, hastyClock(haste));
});
afterAll(() => street.close());

/** Resolves when the first value that a sensor gave to this shelter is committed. */
async function firstCommit({ shelter, sampled, happened }: SensingShelter): Promise<void> {
  await vi.waitFor(
    async () => {
      const first = sampled.findIndex(({ value }) => value !== null);
      const taken = sampled.length + happened.length;
      const { epoch, uncommitted } = (await shelter.health()).store;
      expect(epoch).not.toBeNull();
      expect(first).toBeGreaterThanOrEqual(0);
      expect(taken - uncommitted).toBeGreaterThan(first + happened.length);
    },
    { timeout: 10_000, interval: 5 },
  );
}

/** How its database is, as soon as that answers: in the haste of this test, its patience is short too. */
async function storeOf({ shelter }: SensingShelter): Promise<Health['store']> {
  return vi.waitFor(async () => {
    const { store } = await shelter.health();
    if (store.problem) expect(store.problem.code).toBe('STORE_DAMAGED');
    return store;
  });
}

let salvages = 0;

describe('a whole shelter on a database of which random bytes were flipped', () => {
  const seeds = Array.from({ length: 100 }, (_, seed) => seed);

  it.each(seeds)('samples and commits within 5 s of its start (seed %i)', async (seed) => {
    const file = join(scratchFolder(), 'readings.db');
    const random = randomFrom(seed);
    copyDatabase(original, file);
    flipBytes(file, 1 + Math.floor(random() ** 2 * 60), random);

    const start = performance.now();
    const open = await street.open(file);
    let isSameEpoch = false;
    try {
      await firstCommit(open);
      expect(performance.now() - start).toBeLessThan(allowed);

      const store = await storeOf(open);
      isSameEpoch = store.epoch === used.epoch;
      const aside = readdirSync(dirname(file)).filter((name) => /\.damaged-[\dTZ]+$/.test(name));
      expect(aside).toHaveLength(store.problem ? 1 : 0);
      if (store.problem) {
        salvages += 1;
        expect(store.problem.message).toContain(`It is now ${file}.damaged-`);
        expect(open.warned).toContain(store.problem.message);
      }
    } finally {
      await open.shelter.stop();
    }

    const readings = readingsIn(file);
    const own = readings.slice(-open.sampled.length);
    expect(own.map(nameless)).toEqual(open.sampled.map(nameless));
    if (isSameEpoch) expect(own[0]?.seq).toBeGreaterThan(used.readings);
  });

  it('had to be salvaged often enough for that to mean something', () => {
    expect(salvages).toBeGreaterThan(50);
  });
});

/** What a reading says, whether it has a seq yet or not. */
function nameless({ stream, monotonic, value }: Reading): unknown[] {
  return [stream.id, Math.round(monotonic), value];
}

function readingsIn(file: string): StoredReading[] {
  const boot = { name: 'reader', time: 0, monotonic: 0 };
  const database = openDatabase({ file, device: used.device, epoch: 'none', boot }, systemClock);
  try {
    return database.read('readings', everything, 1e6);
  } finally {
    database.close();
  }
}
