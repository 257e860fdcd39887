import { quality } from '../../config/catalogue/quality.js';
import type { HistoryPoint, Store } from '../store/port.js';

export const hour = 3_600_000;

/** How many whole hours are looked back over: the longest that an index asks for. */
export const hoursBack = 72;

/** An hour counts with at least this share of the readings that it should have. */
const coverage = 0.75;

export interface Mean {
  value: number;
  /** How many readings went into it. */
  count: number;
}

/** What a stream gave in the past hours, of readings that passed alone. */
export interface Window {
  /** Start of the clock hour that runs, in ms since 1970: the hours are whole up to here. */
  until: number;
  /** Means of the clock hours (UTC) before that, the newest first; undefined where too few readings passed. */
  hours: readonly (number | undefined)[];
  /** Of the past 60 minutes, however few passed; undefined where none did. */
  recent: Mean | undefined;
}

/** Of a time that is not known, or before the store could be asked. */
export const noWindow: Window = { until: 0, hours: [], recent: undefined };

export interface WindowQuery {
  /** Stream id: `sensor/property`. */
  stream: string;
  /** At which it is sampled, in ms. */
  interval: number;
  /** Wall time in ms. */
  now: number;
}

type History = Pick<Store, 'history'>;

/** The whole hours of a stream. Rejects as the store does. */
export async function readHours(
  store: History,
  { stream, interval, now }: WindowQuery,
): Promise<Omit<Window, 'recent'>> {
  const until = startOfHour(now);
  const from = until - hoursBack * hour;
  const points = await store.history({ stream, from, to: until, every: hour, most: hoursBack });
  const means = new Map(points.map((point) => [point.time, meanOf(point)]));
  const hours = Array.from({ length: hoursBack }, (_, age) => {
    const mean = means.get(until - (age + 1) * hour);
    return mean && mean.count >= needed(interval) ? mean.value : undefined;
  });
  return { until, hours };
}

/** What passed in the past 60 minutes. Rejects as the store does. */
export async function readRecent(
  store: History,
  { stream, now }: Omit<WindowQuery, 'interval'>,
): Promise<Mean | undefined> {
  const [point] = await store.history({
    stream,
    from: now - hour,
    to: now + 1,
    every: inOneMean(now),
    most: 1,
  });
  return point && meanOf(point);
}

/** The same window as it looks later: the hours since then have no means. */
export function windowAt(window: Window, now: number): Window {
  const passed = (startOfHour(now) - window.until) / hour;
  if (passed === 0) return window;
  if (passed < 0 || passed >= hoursBack) return noWindow;
  const unknown = Array.from({ length: passed }, () => undefined);
  return {
    until: startOfHour(now),
    hours: [...unknown, ...window.hours].slice(0, hoursBack),
    recent: undefined,
  };
}

export function startOfHour(time: number): number {
  return Math.floor(time / hour) * hour;
}

/** A width that holds everything since 1970, in whole hours. */
function inOneMean(now: number): number {
  return startOfHour(now) + 2 * hour;
}

/** How many readings an hour must have: of a sensor that is sampled more rarely, one. */
function needed(interval: number): number {
  return coverage * Math.max(1, Math.floor(hour / interval));
}

function meanOf({ value, quality: flag, count }: HistoryPoint): Mean | undefined {
  return value === null || flag !== quality.pass ? undefined : { value, count };
}
