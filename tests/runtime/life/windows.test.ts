import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Quality, quality } from '../../../config/catalogue/quality.js';
import type { Moment } from '../../../runtime/ingest/pipeline.js';
import { hour, hoursBack, noWindow, readHours, readRecent, windowAt } from '../../../runtime/life/windows.js';
import type { Reading } from '../../../runtime/reading.js';
import type { Store } from '../../../runtime/store/port.js';
import { openStore } from '../../../runtime/store/store.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { temporaryFolder } from '../store/folder.js';

/** Windows over the real database in its thread; time is virtual. */

const start = Date.UTC(2026, 0, 10);
const interval = 60_000;
const stream = { id: 'air/pm2_5', sensor: 'air', property: 'pm2_5', unit: 'ug/m3' } as const;

const opened: Store[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

async function storeIn(
  folder: string,
  { boot = 'boot-1', anchor }: { boot?: string; anchor?: () => Moment | undefined } = {},
): Promise<Store> {
  const store = await openStore({
    file: join(folder, 'readings.db'),
    device: 'stop',
    boot,
    commitInterval: 10_000,
    clock: virtualClock(start),
    ...(anchor && { anchor }),
  });
  opened.push(store);
  return store;
}

function reading(time: number, value: number | null, flag: Quality = quality.pass): Reading {
  const seen = value === null ? quality.missing : flag;
  return { stream, time, monotonic: time - start, value, raw: value, quality: seen };
}

/** One reading a minute of an hour, each by its number. */
function hourOf(from: number, read: (minute: number) => [value: number | null, flag?: Quality]): Reading[] {
  return Array.from({ length: 60 }, (_, minute) => reading(from + minute * interval, ...read(minute)));
}

async function keep(store: Store, ...readings: Reading[]): Promise<void> {
  store.append(readings);
  await store.flush();
}

async function hoursAt(store: Store, now: number, every = interval) {
  const { hours } = await readHours(store, { stream: stream.id, interval: every, now });
  return hours;
}

describe('the hours of a window', () => {
  it('are means of clock hours, the newest first, without the one that runs', async () => {
    const store = await storeIn(temporaryFolder());
    for (const age of [0, 1, 2, 3])
      await keep(store, ...hourOf(start + age * hour, (minute) => [age * 10 + (minute % 3)]));
    expect((await hoursAt(store, start + 3.5 * hour)).slice(0, 4)).toEqual([21, 11, 1, undefined]);
    expect((await hoursAt(store, start + 4 * hour)).slice(0, 4)).toEqual([31, 21, 11, 1]);
    expect(await hoursAt(store, start + 4 * hour)).toHaveLength(hoursBack);
  });

  it('need three quarters of the readings that their sensor should give, and then every one counts', async () => {
    const store = await storeIn(temporaryFolder());
    await keep(store, ...hourOf(start, (minute) => (minute < 45 ? [minute] : [null])));
    await keep(store, ...hourOf(start + hour, (minute) => (minute < 44 ? [minute] : [null])));
    expect((await hoursAt(store, start + 2 * hour)).slice(0, 2)).toEqual([undefined, 22]);
  });

  it.each([
    { sampled: 'hourly', every: hour },
    { sampled: 'each 50 min', every: 50 * interval },
    { sampled: 'each 6 hours', every: 6 * hour },
  ])('need one reading of a sensor that is sampled $sampled', async ({ every }) => {
    const store = await storeIn(temporaryFolder());
    await keep(store, reading(start + 5 * interval, 7));
    expect((await hoursAt(store, start + 2 * hour, every)).slice(0, 2)).toEqual([undefined, 7]);
  });

  it('hold clean air, which is 0 and not nothing', async () => {
    const store = await storeIn(temporaryFolder());
    await keep(store, ...hourOf(start, () => [0]));
    expect((await hoursAt(store, start + hour))[0]).toBe(0);
  });

  it.each([
    ['suspect', quality.suspect],
    ['fail', quality.fail],
    ['not evaluated', quality.notEvaluated],
  ])('count no reading that is flagged %s, neither in the mean nor for its being enough', async (_, flag) => {
    const store = await storeIn(temporaryFolder());
    await keep(store, ...hourOf(start, (minute) => (minute % 4 === 0 ? [900, flag] : [10])));
    await keep(store, ...hourOf(start + hour, (minute) => (minute % 3 === 0 ? [900, flag] : [10])));
    await keep(store, ...hourOf(start + 2 * hour, () => [900, flag]));
    expect((await hoursAt(store, start + 3 * hour)).slice(0, 3)).toEqual([undefined, undefined, 10]);
  });

  it('keep their ages over a gap of 5 h', async () => {
    const store = await storeIn(temporaryFolder());
    await keep(store, ...hourOf(start, () => [40]), ...hourOf(start + 6 * hour, () => [20]));
    expect((await hoursAt(store, start + 7 * hour)).slice(0, 8)).toEqual([
      20,
      ...Array.from({ length: 5 }, () => undefined),
      40,
      undefined,
    ]);
  });

  it('are the same after the program was killed, and go on in the next run', async () => {
    const folder = temporaryFolder();
    const store = await storeIn(folder);
    await keep(store, ...hourOf(start, (minute) => [minute]));
    await keep(store, ...hourOf(start + hour, () => [5]).slice(0, 30));
    const before = await hoursAt(store, start + hour);
    store.append(hourOf(start + hour, () => [999]).slice(30, 35));

    const revived = await storeIn(afterKill(folder), { boot: 'boot-2' });
    expect(await hoursAt(revived, start + hour)).toEqual(before);
    await keep(revived, ...hourOf(start + hour, () => [5]).slice(35));
    expect((await hoursAt(revived, start + 2 * hour)).slice(0, 2)).toEqual([5, 29.5]);
  });

  it('lie where they were once it is known what the time was', async () => {
    const wrongBy = 9 * 24 * hour + 1_234_567;
    let anchor: Moment | undefined;
    const store = await storeIn(temporaryFolder(), { anchor: () => anchor });
    const unset = [...hourOf(start, () => [12]), ...hourOf(start + hour, () => [34])];
    await keep(store, ...unset.map((each) => ({ ...each, time: each.time - wrongBy })));
    expect((await hoursAt(store, start + 2 * hour)).every((mean) => mean === undefined)).toBe(true);

    anchor = { time: start + 2 * hour, monotonic: 2 * hour };
    await keep(store, reading(start + 2 * hour, 56));
    await expect
      .poll(async () => (await hoursAt(store, start + 2 * hour)).slice(0, 3))
      .toEqual([34, 12, undefined]);
    expect(await hoursAt(store, start + 2 * hour - wrongBy)).toEqual(noMeans);
  });

  it('are unharmed by a clock that is set back: what lies ahead of it does not count yet', async () => {
    const store = await storeIn(temporaryFolder());
    await keep(store, ...hourOf(start, () => [10]), ...hourOf(start + hour, () => [20]));
    expect((await hoursAt(store, start + hour)).slice(0, 2)).toEqual([10, undefined]);
  });
});

const noMeans = Array.from({ length: hoursBack }, () => undefined);

/** What a process that is killed leaves: the files as they are, and nothing put in order. */
function afterKill(folder: string): string {
  const other = temporaryFolder();
  for (const name of ['readings.db', 'readings.db-wal']) {
    if (existsSync(join(folder, name))) copyFileSync(join(folder, name), join(other, name));
  }
  return other;
}

describe('what the past hour has so far', () => {
  const recentAt = (store: Store, now: number) => readRecent(store, { stream: stream.id, now });

  it('is the mean of what passed in 60 min, however little, across the full hour', async () => {
    const store = await storeIn(temporaryFolder());
    await keep(store, ...hourOf(start, (minute) => [minute < 30 ? 900 : 10]));
    await keep(store, ...hourOf(start + hour, (minute) => (minute === 0 ? [40] : [900, quality.suspect])));
    const now = start + 1.5 * hour;
    expect(await recentAt(store, now)).toEqual({ value: 340 / 31, count: 31 });
    expect(await recentAt(store, start + 30_000)).toEqual({ value: 900, count: 1 });
  });

  it('is nothing where nothing passed', async () => {
    const store = await storeIn(temporaryFolder());
    await keep(store, ...hourOf(start, () => [900, quality.fail]));
    expect(await recentAt(store, start + hour)).toBeUndefined();
    expect(await recentAt(store, start + 9 * hour)).toBeUndefined();
  });
});

describe('a window that was read earlier', () => {
  const window = { until: start, hours: [3, 2, 1], recent: { value: 3, count: 60 } };

  it('is as it was within its hour, and then knows of no newer hours', () => {
    expect(windowAt(window, start + hour - 1)).toBe(window);
    expect(windowAt(window, start + 2 * hour)).toEqual({
      until: start + 2 * hour,
      hours: [undefined, undefined, 3, 2, 1],
      recent: undefined,
    });
  });

  it('tells nothing of a time before it, or long after it', () => {
    expect(windowAt(window, start - 1)).toBe(noWindow);
    expect(windowAt(window, start + hoursBack * hour)).toBe(noWindow);
  });
});
