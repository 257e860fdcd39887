import { describe, expect, it } from 'vitest';
import { quality } from '../../../config/catalogue/quality.js';
import { windowCache } from '../../../runtime/life/window-cache.js';
import { hour, noWindow } from '../../../runtime/life/windows.js';
import type { HistoryQuery } from '../../../runtime/store/port.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';

const noon = Date.UTC(2026, 0, 10, 12);
const air = { stream: 'air/pm2_5', interval: hour };
const minutes = 60_000;

/** A past in which every hour has the same mean, and which tells what it was asked. */
function past() {
  const asked: ('hours' | 'recent')[] = [];
  const state = { mean: 10, fails: false, isOpen: true };
  const history = async ({ every = 1, from, to }: HistoryQuery) => {
    if (state.fails) throw new Error('the card is gone');
    asked.push(every === hour ? 'hours' : 'recent');
    const start = Math.floor((to - 1) / every) * every;
    return [
      {
        time: Math.max(start, Math.floor(from / every) * every),
        value: state.mean,
        quality: quality.pass,
        count: 1,
      },
    ];
  };
  return { asked, state, store: () => (state.isOpen ? { history } : undefined) };
}

function cacheAt(time: number) {
  const clock = virtualClock(time);
  const source = past();
  const cache = windowCache({ store: source.store, clock, commitInterval: 10_000 });
  /** What is asked in a refresh some time later. */
  const askedAfter = async (ms: number) => {
    await clock.advance(ms);
    source.asked.length = 0;
    await cache.refresh([air]);
    return [...source.asked];
  };
  return { clock, cache, ...source, askedAfter };
}

describe('the windows at hand', () => {
  it('are empty before the first look, and as long as there is no store', async () => {
    const { cache, state, askedAfter } = cacheAt(noon + minutes);
    expect(cache.of(air.stream)).toBe(noWindow);
    state.isOpen = false;
    expect(await askedAfter(0)).toEqual([]);
    expect(cache.of(air.stream)).toBe(noWindow);
    state.isOpen = true;
    await askedAfter(0);
    expect(cache.of(air.stream)).toMatchObject({ until: noon, recent: { value: 10 } });
    expect(cache.of(air.stream).hours[0]).toBe(10);
  });

  it('have their whole hours read once, when all of the last one is committed', async () => {
    const { askedAfter } = cacheAt(noon + 20 * minutes);
    await askedAfter(3 * minutes);
    expect(await askedAfter(minutes)).toEqual(['recent']);
    expect(await askedAfter(minutes)).toEqual(['recent']);
    expect(await askedAfter(35 * minutes + 5_000)).toEqual(['recent', 'hours']);
    expect(await askedAfter(5_000)).toEqual(['recent', 'hours']);
    expect(await askedAfter(10_000)).toEqual(['recent', 'hours']);
    expect(await askedAfter(10_000)).toEqual(['recent']);
  });

  it('are read anew after 10 min, with another interval, and for a while after a doubt', async () => {
    const { askedAfter, cache } = cacheAt(noon + minutes);
    await askedAfter(3 * minutes);
    expect(await askedAfter(9 * minutes)).toEqual(['recent']);
    expect(await askedAfter(minutes)).toEqual(['recent', 'hours']);
    expect(await askedAfter(minutes)).toEqual(['recent']);
    cache.doubt();
    expect(await askedAfter(0)).toEqual(['recent', 'hours']);
    expect(await askedAfter(1.5 * minutes)).toEqual(['recent', 'hours']);
    expect(await askedAfter(minutes)).toEqual(['recent', 'hours']);
    expect(await askedAfter(minutes)).toEqual(['recent']);
    await cache.refresh([{ ...air, interval: 2 * hour }]);
    expect(await askedAfter(0)).toEqual(['recent', 'hours']);
  });

  it('stay as they were where the store fails', async () => {
    const { cache, state, askedAfter } = cacheAt(noon + minutes);
    await askedAfter(0);
    const before = cache.of(air.stream);
    state.fails = true;
    await expect(cache.refresh([air])).rejects.toThrow('the card is gone');
    expect(cache.of(air.stream)).toBe(before);
  });
});
