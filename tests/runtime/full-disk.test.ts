import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../drivers/bindings/system-clock.js';
import type { Health, LedgerPage, Now } from '../../runtime/api/contract.js';
import type { Reading } from '../../runtime/reading.js';
import { openDatabase } from '../../runtime/store/database.js';
import { everything, type LedgerEntry } from '../../runtime/store/port.js';
import { openStore } from '../../runtime/store/store.js';
import { hearEvents } from '../rigs/api-events.js';
import { hastyClock } from '../rigs/hasty-clock.js';
import { openStreet, type SensingShelter, type Street, streetDevice } from '../rigs/sensing-shelter.js';
import { lackingForSmallDisk, type SmallDisk, smallDisk } from '../rigs/small-disk.js';
import { eventAt, readingAt } from '../suites/store-suite.js';

const lacking = lackingForSmallDisk();
const mustRun = process.env.CI === 'true';
if (lacking.length > 0) console.warn(`A full disk is NOT TESTED for want of: ${lacking.join('; ')}.`);

const patient = { timeout: 10_000, interval: 20 };

async function ask<Answer>(url: string, path: string): Promise<Answer> {
  return (await (await fetch(`${url}/api/v1/${path}`)).json()) as Answer;
}

/** All that a database has, read by the store's own code. */
function allOf(file: string) {
  const boot = { name: 'reader', time: 0, monotonic: 0 };
  const database = openDatabase({ file, device: streetDevice, epoch: 'none', boot }, systemClock);
  try {
    return {
      readings: database.read('readings', everything, 1e6),
      events: database.read('events', everything, 1e6),
      ledger: database.ledger({ most: 1_000 }),
    };
  } finally {
    database.close();
  }
}

/** What a reading says, whether it has a seq yet or not. */
function nameless({ stream, monotonic, value }: Reading): unknown[] {
  return [stream.id, Math.round(monotonic), value];
}

const rowsIn = (entries: readonly Pick<LedgerEntry, 'before' | 'after'>[]) =>
  entries.reduce((sum, { before, after }) => sum + before - after, 0);

describe.skipIf(lacking.length > 0 && !mustRun)('a disk that fills and empties again', () => {
  let disk: SmallDisk;
  beforeAll(() => {
    expect(lacking).toEqual([]);
    disk = smallDisk(16_000_000);
  });

  describe('under a whole shelter', () => {
    let street: Street;
    beforeAll(async () => {
      street = await openStreet(5, hastyClock(4));
    });
    afterAll(() => street.close());

    async function fillAndEmpty({ url, sampled }: SensingShelter, file: string): Promise<void> {
      const feed = await hearEvents(url);
      const health = () => ask<Health>(url, 'health');
      await vi.waitFor(async () => expect((await health()).store.lastSeq).toBeGreaterThan(20), patient);

      disk.fill();
      await vi.waitFor(async () => {
        const { status, store } = await health();
        expect(status).toBe('degraded');
        expect(store.problem).toMatchObject({
          code: 'STORE_UNUSABLE',
          message: expect.stringContaining(file),
          hint: 'The disk is full: free some space; what waits is then stored by itself.',
        });
      }, patient);

      const { lastSeq } = (await health()).store;
      const [sampledBefore, toldBefore] = [sampled.length, feed.of('stream').length];
      street.press();
      await vi.waitFor(async () => {
        expect(sampled.length).toBeGreaterThan(sampledBefore + 60);
        expect(feed.of('stream').length).toBeGreaterThan(toldBefore + 60);
        expect(feed.of('event').map(({ kind }) => kind)).toContain('button.pressed');
        const { streams } = await ask<Now>(url, 'now');
        expect(streams.map(({ state }) => state)).toEqual(Array(10).fill('fresh'));
        const { sensors, store } = await health();
        expect(sensors.map(({ state }) => state)).toEqual(Array(6).fill('ok'));
        expect(store.lastSeq).toBe(lastSeq);
        expect(store.uncommitted).toBeGreaterThan(60);
      }, patient);

      disk.empty();
      await vi.waitFor(async () => {
        const { status, store } = await health();
        expect({ status, problem: store.problem }).toEqual({ status: 'ok', problem: null });
        expect(store.lastSeq).toBeGreaterThan(lastSeq + 60);
      }, patient);
      expect((await ask<LedgerPage>(url, 'ledger')).entries).toEqual([]);
    }

    it('stops neither the API, nor the sampling, nor the feed of the screen, and not one row is missing', async () => {
      const file = join(disk.folder, 'shelter.db');
      const open = await street.open(file);
      try {
        await fillAndEmpty(open, file);
      } finally {
        await open.shelter.stop();
      }

      const { sampled, happened } = open;
      const { readings, events, ledger } = allOf(file);
      expect(readings.map(({ seq }) => seq)).toEqual(sampled.map((_, index) => index + 1));
      expect(readings.map(nameless)).toEqual(sampled.map(nameless));
      expect(events.map(({ kind, monotonic }) => [kind, monotonic])).toEqual(
        happened.map(({ kind, monotonic }) => [kind, Math.round(monotonic)]),
      );
      expect(happened.filter(({ kind }) => kind === 'button.pressed')).toHaveLength(1);
      expect(ledger).toEqual([]);
    });
  });

  it('beyond what memory may hold costs the oldest rows, each of them on record: taken = stored + ledger', async () => {
    const start = Date.UTC(2026, 0, 1);
    const most = { readings: 100_000, events: 10_000 };
    const file = join(disk.folder, 'beyond.db');
    const store = await openStore({ file, device: streetDevice, commitInterval: 100, clock: systemClock });
    const taken = { readings: 0, events: 0 };
    const take = (readings: number, events: number) => {
      const at = (index: number) => start + 1_000 * index;
      const rows = Array.from({ length: readings }, (_, index) => taken.readings + index);
      store.append(rows.map((index) => readingAt(at(index), index % 1_000)));
      for (let index = taken.events; index < taken.events + events; index++) {
        store.record(eventAt(at(index))).catch(() => {});
      }
      taken.readings += readings;
      taken.events += events;
    };
    take(500, 3);
    await store.flush();

    disk.fill();
    await vi.waitFor(async () => {
      take(50, 1);
      await expect(store.flush()).rejects.toMatchObject({
        code: 'STORE_UNUSABLE',
        hint: expect.stringContaining('The disk is full'),
      });
    }, patient);
    const committed = (await store.status()).last;
    for (let round = 0; round < 113; round++) take(1_000, 100);
    const { uncommitted, gone, last } = await store.status();
    expect(last).toEqual(committed);
    expect(gone.dropped).toBeGreaterThan(10_000);
    expect(uncommitted).toBeLessThanOrEqual(most.readings + most.events + 2_000);
    expect(uncommitted + gone.dropped + last.readings + last.events).toBe(taken.readings + taken.events);

    disk.empty();
    await store.flush();
    expect(await store.status()).toMatchObject({ uncommitted: 0, problem: null, gone });
    await store.close();

    const { readings, events, ledger } = allOf(file);
    const own = events.filter(({ kind }) => kind === 'button.pressed');
    for (const log of ['readings', 'events'] as const) {
      const there = { readings, events: own }[log];
      const dropped = ledger.filter((entry) => entry.log === log);
      expect(dropped.map(({ what }) => what)).toEqual(['dropped']);
      expect(there.length + rowsIn(dropped)).toBe(taken[log]);

      // What is missing is missing in one piece: the oldest that waited, but for those already under way.
      const isThere = new Set(there.map(({ time }) => (time - start) / 1_000));
      const missing = Array.from({ length: taken[log] }, (_, index) => index).filter(
        (index) => !isThere.has(index),
      );
      const [first = 0] = missing;
      const last = missing.at(-1) ?? 0;
      expect(last - first + 1).toBe(missing.length);
      expect(dropped[0]).toMatchObject({
        least: start + 1_000 * first,
        greatest: start + 1_000 * last,
        before: missing.length,
        after: 0,
      });

      // Upstream sees a gap of just these names.
      const seqs = { readings, events }[log].map(({ seq }) => seq);
      const gap = seqs.filter((seq, index) => index > 0 && seqs[index - 1] !== seq - 1);
      expect(gap).toEqual([(dropped[0]?.last ?? 0) + 1]);
      expect((dropped[0]?.last ?? 0) - (dropped[0]?.first ?? 0) + 1).toBe(missing.length);
      expect(seqs.at(-1)).toBe(seqs.length + missing.length);
    }
    expect(events.filter(({ kind }) => kind === 'store.dropped')).toMatchObject([
      { detail: { log: 'readings', before: ledger.find(({ log }) => log === 'readings')?.before } },
      { detail: { log: 'events', before: ledger.find(({ log }) => log === 'events')?.before } },
    ]);
  });
});
