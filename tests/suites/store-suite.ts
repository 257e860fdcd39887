import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quality } from '../../config/catalogue/quality.js';
import type { Reading, ShelterEvent, Stream } from '../../runtime/reading.js';
import type { Commit, Span, Store } from '../../runtime/store/port.js';
import { type VirtualClock, virtualClock } from '../../simulators/virtual-clock.js';

/** A place where a store keeps its rows; opening again finds what was committed. */
export interface StoreGround {
  open(options: { clock: VirtualClock; commitInterval: number }): Promise<Store>;
  clear(): Promise<void>;
}

export const temperature: Stream = {
  id: 'air/temperature',
  sensor: 'air',
  property: 'temperature',
  unit: 'Cel',
};
export const humidity: Stream = { id: 'air/humidity', sensor: 'air', property: 'humidity', unit: '%RH' };

const start = Date.UTC(2026, 0, 1);

export function readingAt(time: number, value: number | null, more: Partial<Reading> = {}): Reading {
  return {
    stream: temperature,
    time,
    monotonic: time - start,
    value,
    raw: value,
    quality: value === null ? quality.missing : quality.pass,
    ...more,
  };
}

export function eventAt(time: number, kind = 'button.pressed'): ShelterEvent {
  return { kind, source: 'help', time, monotonic: time - start, detail: { presses: 1, held: false } };
}

/** What every store promises. */
export function storeSuite(name: string, ground: () => Promise<StoreGround>): void {
  describe(name, () => {
    let place: StoreGround;
    let clock: VirtualClock;
    let store: Store;

    const open = () => place.open({ clock, commitInterval: 10_000 });
    const reopen = async () => {
      await store.close();
      store = await open();
    };
    const append = async (...readings: Reading[]) => {
      store.append(readings);
      await store.flush();
    };

    beforeEach(async () => {
      place = await ground();
      clock = virtualClock(start);
      store = await open();
    });
    afterEach(async () => {
      await store.close();
      await place.clear();
    });

    it('gives back each reading as it was, under a seq that counts from 1', async () => {
      const readings = [
        readingAt(start + 1, 21.5),
        readingAt(start + 2, 48.25, { stream: humidity, raw: 47, quality: quality.suspect }),
        readingAt(start + 3, null),
        readingAt(start + 4, 19, { raw: null, quality: quality.notEvaluated }),
        readingAt(start + 5, null, { raw: 85, quality: quality.fail }),
        readingAt(start + 6, 0),
      ];
      await append(...readings);
      const { rows } = await store.lease('city', 'readings', 100);
      expect(rows).toEqual(readings.map((reading, index) => ({ ...reading, seq: index + 1 })));
    });

    it('gives back each event as it was, under the seq that recording it resolved to', async () => {
      const first = await store.record(eventAt(start + 1));
      const second = await store.record(eventAt(start + 2, 'button.released'));
      const { rows } = await store.lease('city', 'events', 100);
      expect(rows).toEqual([
        { ...eventAt(start + 1), seq: first },
        { ...eventAt(start + 2, 'button.released'), seq: second },
      ]);
      expect([first, second]).toEqual([1, 2]);
    });

    it('commits the readings that wait together with an event, and tells so in one commit', async () => {
      const commits: Commit[] = [];
      store.onCommit((commit) => commits.push(commit));
      store.append([readingAt(start, 1), readingAt(start, 2)]);
      await store.record(eventAt(start));
      expect(commits).toEqual([
        { readings: 2, events: 1, last: { readings: 2, events: 1 }, took: expect.any(Number) },
      ]);
    });

    it('tells nobody who has stopped listening', async () => {
      const commits: Commit[] = [];
      const stop = store.onCommit((commit) => commits.push(commit));
      stop();
      await append(readingAt(start, 1));
      expect(commits).toEqual([]);
    });

    it('keeps epoch and rows over closing and opening, and goes on with the next seq', async () => {
      const { epoch } = store;
      await append(readingAt(start, 1), readingAt(start, 2));
      await store.record(eventAt(start));
      await reopen();
      await append(readingAt(start, 3));
      expect(await store.record(eventAt(start))).toBe(2);
      const { rows } = await store.lease('city', 'readings', 100);
      expect(rows.map(({ seq, value }) => [seq, value])).toEqual([
        [1, 1],
        [2, 2],
        [3, 3],
      ]);
      expect(store.epoch).toBe(epoch);
    });

    it('commits what waits when it is closed', async () => {
      store.append([readingAt(start, 7)]);
      await reopen();
      expect((await store.lease('city', 'readings', 9)).rows.map(({ value }) => value)).toEqual([7]);
    });

    it('refuses what is asked after closing, and takes no reading any more', async () => {
      await store.close();
      expect(() => store.append([readingAt(start, 1)])).not.toThrow();
      await expect(store.record(eventAt(start))).rejects.toMatchObject({ code: 'STORE_UNUSABLE' });
      await expect(store.flush()).rejects.toMatchObject({ code: 'STORE_UNUSABLE' });
      await expect(store.lease('city', 'readings', 1)).rejects.toMatchObject({ code: 'STORE_UNUSABLE' });
      await expect(store.close()).resolves.toBeUndefined();
    });

    describe('lease and settle', () => {
      const seqs = async (uplink: string, most = 100, span?: Span) =>
        (await store.lease(uplink, 'readings', most, span)).rows.map(({ seq }) => seq);
      const upTo = (last: number): Span => ({ first: 1, last });

      beforeEach(() => append(...[1, 2, 3, 4, 5].map((value) => readingAt(start + value, value))));

      it('leases the oldest rows in order, no more than asked for, and the same until they are settled', async () => {
        expect(await seqs('city', 2)).toEqual([1, 2]);
        expect(await seqs('city', 3)).toEqual([1, 2, 3]);
        await store.settle('city', 'readings', upTo(2));
        expect(await seqs('city', 2)).toEqual([3, 4]);
      });

      it('never moves a cursor backwards', async () => {
        await store.settle('city', 'readings', upTo(4));
        await store.settle('city', 'readings', upTo(2));
        expect(await seqs('city')).toEqual([5]);
      });

      it('never moves a cursor over rows that do not exist yet', async () => {
        await store.settle('city', 'readings', upTo(1_000));
        await append(readingAt(start, 6));
        expect(await seqs('city')).toEqual([6]);
      });

      it('has a cursor for each uplink and each log', async () => {
        await store.record(eventAt(start));
        await store.settle('city', 'readings', upTo(3));
        expect(await seqs('city')).toEqual([4, 5]);
        expect(await seqs('archive')).toEqual([1, 2, 3, 4, 5]);
        expect((await store.lease('city', 'events', 9)).rows).toHaveLength(1);
      });

      it('remembers what is settled over closing and opening', async () => {
        await store.settle('city', 'readings', upTo(3));
        await reopen();
        expect(await seqs('city')).toEqual([4, 5]);
      });

      it('leases rows of a span, and leaves the others alone', async () => {
        expect(await seqs('city', 9, { first: 2, last: 4 })).toEqual([2, 3, 4]);
        expect(await seqs('city', 2, { first: 3, last: 9 })).toEqual([3, 4]);
        expect(await seqs('city', 9, { first: 4, last: 3 })).toEqual([]);
        expect(await seqs('city', 9, { first: 6, last: 9 })).toEqual([]);
      });

      it('settles what is new before what is old, and remembers both over closing and opening', async () => {
        await store.settle('city', 'readings', { first: 4, last: 5 });
        expect(await seqs('city')).toEqual([1, 2, 3]);
        await append(readingAt(start, 6));
        await reopen();
        expect(await seqs('city')).toEqual([1, 2, 3, 6]);
        expect((await store.status()).waiting).toMatchObject({ city: { readings: 4 } });
        await store.settle('city', 'readings', upTo(3));
        expect(await seqs('city')).toEqual([6]);
        await store.settle('city', 'readings', { first: 6, last: 6 });
        await append(readingAt(start, 7));
        await reopen();
        expect(await seqs('city')).toEqual([7]);
      });

      it('settles spans in any order, also such as overlap', async () => {
        await append(...[6, 7, 8, 9, 10].map((value) => readingAt(start + value, value)));
        for (const [first, last] of [
          [9, 9],
          [3, 4],
          [6, 7],
          [4, 6],
        ] as const) {
          await store.settle('city', 'readings', { first, last });
        }
        expect(await seqs('city')).toEqual([1, 2, 8, 10]);
        await store.settle('city', 'readings', { first: 1, last: 9 });
        expect(await seqs('city')).toEqual([10]);
      });

      it('sets aside a row that cannot be sent, once, and counts it no more as waiting', async () => {
        const why = { code: 'UPLINK_REJECTED', reason: 'no', time: start } as const;
        expect(await store.quarantine('city', 'readings', 2, why)).toBe(true);
        expect(await store.quarantine('city', 'readings', 2, why)).toBe(false);
        expect(await store.quarantine('city', 'readings', 99, why)).toBe(false);
        await reopen();
        expect(await seqs('city')).toEqual([1, 3, 4, 5]);
        const { waiting, quarantined } = await store.status();
        expect(waiting.city).toEqual({ readings: 4, events: 0 });
        expect(quarantined.city).toEqual({ readings: 1, events: 0 });
        expect(await seqs('archive')).toEqual([1, 2, 3, 4, 5]);
      });

      it('leases nothing that is not committed', async () => {
        store.append([readingAt(start, 6)]);
        expect(await seqs('city')).toEqual([1, 2, 3, 4, 5]);
      });

      it('says how many rows wait for each uplink', async () => {
        await store.record(eventAt(start));
        await store.lease('archive', 'events', 1);
        await store.settle('city', 'readings', upTo(3));
        expect((await store.status()).waiting).toEqual({
          city: { readings: 2, events: 1 },
          archive: { readings: 5, events: 1 },
        });
      });
    });

    describe('history', () => {
      const minute = 60_000;
      const query = { stream: 'air/temperature', from: start, to: start + 10 * minute, most: 100 };

      it('has the readings of one stream from the first time up to, but without, the second', async () => {
        await append(
          readingAt(start - 1, 1),
          readingAt(start, 2),
          readingAt(start + 1, 3, { stream: humidity }),
          readingAt(query.to - 1, null),
          readingAt(query.to, 5),
        );
        expect(await store.history(query)).toEqual([
          { time: start, value: 2, quality: quality.pass, count: 1 },
          { time: query.to - 1, value: null, quality: quality.missing, count: 1 },
        ]);
      });

      it('is in the order of time, even where the clock was set back', async () => {
        await append(readingAt(start + 20, 1), readingAt(start + 30, 2), readingAt(start + 10, 3));
        expect((await store.history(query)).map(({ value }) => value)).toEqual([3, 1, 2]);
      });

      it('keeps the newest where there are more than asked for', async () => {
        await append(...[1, 2, 3, 4].map((value) => readingAt(start + value, value)));
        expect((await store.history({ ...query, most: 2 })).map(({ value }) => value)).toEqual([3, 4]);
      });

      it('gives means aligned to 1970 of what has the best flag, without what failed or is missing', async () => {
        await append(
          readingAt(start + 5, 99, { quality: quality.suspect }),
          readingAt(start + 10, 10),
          readingAt(start + 20, 20, { quality: quality.notEvaluated }),
          readingAt(start + 30, 999, { quality: quality.fail }),
          readingAt(start + 40, null),
          readingAt(start + 50, 11),
          readingAt(start + 2 * minute, 999, { quality: quality.fail }),
          readingAt(start + 3 * minute, 5),
          readingAt(start + 4 * minute, 80, { quality: quality.suspect }),
          readingAt(start + 4 * minute + 1, 90, { quality: quality.suspect }),
          readingAt(start + 4 * minute + 2, 999, { quality: quality.fail }),
        );
        expect(await store.history({ ...query, to: start + 5 * minute, every: minute })).toEqual([
          { time: start, value: 10.5, quality: quality.pass, count: 2 },
          { time: start + 2 * minute, value: null, quality: quality.fail, count: 0 },
          { time: start + 3 * minute, value: 5, quality: quality.pass, count: 1 },
          { time: start + 4 * minute, value: 85, quality: quality.suspect, count: 2 },
        ]);
      });

      it('is empty for a stream that never was', async () => {
        expect(await store.history({ ...query, stream: 'moon/temperature' })).toEqual([]);
      });
    });

    it('says in its status what it holds', async () => {
      await append(readingAt(start, 1), readingAt(start, 2));
      await store.record(eventAt(start));
      store.append([readingAt(start, 3)]);
      expect(await store.status()).toEqual({
        epoch: store.epoch,
        file: expect.any(String),
        bytes: expect.any(Number),
        last: { readings: 2, events: 1 },
        waiting: {},
        quarantined: {},
        gone: { thinned: 0, dropped: 0, released: 0, damaged: 0 },
        uncommitted: 1,
        salvaged: null,
        problem: null,
      });
    });
  });
}
