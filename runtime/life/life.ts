import type { Site } from '../../config/site.js';
import type { Cancel, Clock } from '../../drivers/ports.js';
import type { Life } from '../api/life.js';
import type { LatestReadings } from '../latest.js';
import type { Store } from '../store/port.js';
import { standingOf } from './standing.js';
import { hasPart, summarise } from './summary.js';
import { type TimeZone, timeZone } from './time-zone.js';
import { windowCache } from './window-cache.js';
import { startOfHour, windowAt } from './windows.js';

/** How often the summary is made, and how often the past is read for it, in ms. */
const periods = { summary: 5_000, past: 30_000 };

/** Keeps the summary of what the numbers mean. */
export interface LifeKeeper {
  /** As it was made last. */
  now(): Life;
  start(): void;
  stop(): void;
  /** The past is to be read anew: there is a store now, or readings get other times. */
  doubtPast(): void;
}

export interface LifeParts {
  /** As it is now: what it says may be changed from afar. */
  site: () => Site;
  latest: Pick<LatestReadings, 'all'>;
  /** Undefined while there is none. */
  store: () => Pick<Store, 'history'> | undefined;
  clock: Clock;
  isSynchronised: () => boolean;
  /** Something in it has changed but for times and ages. */
  onChange(life: Life): void;
  /** The past could not be read; it is tried again. */
  onFailure(error: unknown): void;
}

export function keepLife(parts: LifeParts): LifeKeeper {
  const { site, latest, store, clock, isSynchronised, onChange, onFailure } = parts;
  const windows = windowCache({ store, clock, commitInterval: site().store.commitInterval });
  const zoneOf = zones();
  let cancel: Cancel = () => {};
  let readAt = Number.NEGATIVE_INFINITY;
  let readHour = 0;
  let isReading = false;
  let life: Life | undefined;

  function summary(): Life {
    const [time, monotonic] = [clock.now(), clock.monotonic()];
    const synchronised = isSynchronised();
    const standings = latest
      .all()
      .map((each) => standingOf(each, windowAt(windows.of(each.stream.id), time), monotonic));
    return summarise({
      site: site(),
      standings,
      zone: zoneOf(site().timeZone),
      time,
      monotonic,
      synchronised,
    });
  }

  function tell(): void {
    const before = life;
    life = summary();
    if (!isLike(before, life)) onChange(life);
  }

  function isDue(): boolean {
    if (!isSynchronised() || isReading) return false;
    return clock.monotonic() - readAt >= periods.past || startOfHour(clock.now()) !== readHour;
  }

  async function readPast(): Promise<void> {
    isReading = true;
    readAt = clock.monotonic();
    readHour = startOfHour(clock.now());
    try {
      const streams = latest.all().filter(({ stream }) => hasPart(stream.property));
      await windows.refresh(streams.map(({ stream, interval }) => ({ stream: stream.id, interval })));
    } catch (error) {
      onFailure(error);
    } finally {
      isReading = false;
    }
  }

  /** A store that hangs must not keep the summary from growing old. */
  function look(): void {
    if (isDue()) void readPast().then(tell);
    else tell();
    cancel = clock.after(periods.summary, look);
  }

  return {
    now() {
      life ??= summary();
      return life;
    },
    start: look,
    stop: () => cancel(),
    doubtPast() {
      windows.doubt();
      readAt = Number.NEGATIVE_INFINITY;
    },
  };
}

/** Whether nothing has changed but times and ages. */
function isLike(before: unknown, after: unknown): boolean {
  if (Object.is(before, after)) return true;
  if (!isTree(before) || !isTree(after)) return false;
  const keys = Object.keys(before);
  return (
    keys.length === Object.keys(after).length &&
    keys.every((key) => key === 'time' || key === 'age' || isLike(before[key], after[key]))
  );
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The time zone of a name; it seldom changes. */
function zones(): (name: string) => TimeZone {
  let known: { name: string; zone: TimeZone } | undefined;
  return (name) => {
    if (known?.name !== name) known = { name, zone: timeZone(name) };
    return known.zone;
  };
}
