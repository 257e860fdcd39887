import type { Clock } from '../../drivers/ports.js';
import type { Store } from '../store/port.js';
import { noWindow, readHours, readRecent, startOfHour, type Window, type WindowQuery } from './windows.js';

/** How long what was read of whole hours counts, in ms: a store that was mended may tell something else. */
const rereadAfter = 600_000;

/** How long, in ms, a store may take to set times right, bit by bit. */
const settling = 120_000;

/** Windows of streams, at hand without a wait. */
export interface WindowCache {
  /** As it was read last; an empty one before that. */
  of(stream: string): Window;
  /** Reads what may have changed since the last time. Rejects as the store does; what was read before is kept. */
  refresh(streams: readonly Pick<WindowQuery, 'stream' | 'interval'>[]): Promise<void>;
  /** Readings may get other times: for a while everything is read anew. */
  doubt(): void;
}

export interface WindowCacheParts {
  /** Undefined while there is none. */
  store: () => Pick<Store, 'history'> | undefined;
  clock: Pick<Clock, 'now' | 'monotonic'>;
  /** How long, in ms, readings wait for their commit at most. */
  commitInterval: number;
}

interface Entry {
  window: Window;
  interval: number;
  /** Monotonic time at which its whole hours were read. */
  readAt: number;
  /** Whether all rows of its last hour had been committed by then. */
  isComplete: boolean;
}

export function windowCache({ store, clock, commitInterval }: WindowCacheParts): WindowCache {
  const entries = new Map<string, Entry>();
  let doubtedAt = clock.monotonic();

  function holds(entry: Entry, { interval, now }: WindowQuery): boolean {
    return (
      entry.isComplete &&
      entry.interval === interval &&
      entry.readAt - doubtedAt >= settling &&
      entry.window.until === startOfHour(now) &&
      clock.monotonic() - entry.readAt < rereadAfter
    );
  }

  async function read(history: Pick<Store, 'history'>, query: WindowQuery): Promise<Entry> {
    const known = entries.get(query.stream);
    const before = { interval: query.interval, readAt: clock.monotonic() };
    const recent = await readRecent(history, query);
    if (known && holds(known, query)) return { ...known, window: { ...known.window, recent } };
    const hours = await readHours(history, query);
    // Half as long again, for a commit that the card delays.
    const isComplete = query.now - hours.until > 1.5 * commitInterval;
    return { ...before, isComplete, window: { ...hours, recent } };
  }

  return {
    of: (stream) => entries.get(stream)?.window ?? noWindow,
    async refresh(streams) {
      const history = store();
      if (!history) return;
      for (const { stream, interval } of streams) {
        entries.set(stream, await read(history, { stream, interval, now: clock.now() }));
      }
    },
    doubt() {
      doubtedAt = clock.monotonic();
    },
  };
}
