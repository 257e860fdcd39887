import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { quality } from '../../config/catalogue/quality.js';
import type { Past } from '../../runtime/quality/memory.js';
import { recall } from '../../runtime/recall.js';
import { openStore } from '../../runtime/store/store.js';
import { virtualClock } from '../../simulators/virtual-clock.js';
import { readingAt, temperature } from '../suites/store-suite.js';
import { temporaryFolder } from './store/folder.js';

const hour = 3_600_000;

/** What a stream's memory is given after so many hours of readings and another so long without any. */
async function recalled({ hours, silent }: { hours: number; silent: number }): Promise<readonly Past[]> {
  const clock = virtualClock();
  const store = await openStore({
    file: join(temporaryFolder(), 'readings.db'),
    device: 'a',
    commitInterval: 1_000,
    clock,
  });
  onTestFinished(() => store.close());
  const start = clock.now();
  const count = (hours * hour) / 60_000;
  store.append(Array.from({ length: count }, (_, minute) => readingAt(start + minute * 60_000, minute / 10)));
  await store.flush();
  await clock.advance(hours * hour + silent * hour);
  let given: readonly Past[] = [];
  const streams = [{ sensor: {} as never, interval: 60_000, streams: [temperature] }];
  const memories = {
    lookback: () => 24 * hour,
    resume: (stream: string, past: readonly Past[]) => {
      expect(stream).toBe(temperature.id);
      given = past;
    },
  };
  await recall({ store, sensing: { streams, memories }, clock });
  return given.map(({ time, ...rest }) => ({ ...rest, time: time - clock.monotonic() }));
}

describe('what a stream is given back after a restart', () => {
  it('is in the order of time, from before now, and no further back than matters', async () => {
    const past = await recalled({ hours: 30, silent: 0 });
    const times = past.map(({ time }) => time);
    expect(times.toSorted((a, b) => a - b)).toEqual(times);
    expect(Math.max(...times)).toBeLessThan(0);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(-24 * hour - 600_000);
    expect(past.length).toBeLessThan(200);
  });

  it('ends with the newest readings themselves', async () => {
    const past = await recalled({ hours: 1, silent: 0 });
    expect(past.slice(-3)).toMatchObject([
      { time: -180_000, value: 5.7, quality: quality.pass },
      { time: -120_000, value: 5.8 },
      { time: -60_000, value: 5.9 },
    ]);
  });

  it('shows a silence', async () => {
    const past = await recalled({ hours: 2, silent: 5 });
    expect(past.at(-1)?.time).toBe(-5 * hour - 60_000);
  });

  it('is nothing where there is nothing', async () => {
    expect(await recalled({ hours: 1, silent: 48 })).toEqual([]);
  });
});
