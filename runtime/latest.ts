import type { Moment } from './ingest/pipeline.js';
import type { Reading, Stream } from './reading.js';
import { timeBy } from './timekeeping.js';

/** The newest of a stream. */
export interface Latest {
  stream: Stream;
  /** Age in ms from which the value counts as stale. */
  staleAfter: number;
  /** The last reading that has a value. */
  valued: (Reading & { value: number }) | undefined;
}

/** What every stream gave last, in memory: the page must not wait for the card. */
export interface LatestReadings {
  /** To be called again where the age changes; what was taken stays. */
  expect(streams: readonly Stream[], staleAfter: number): void;
  take(reading: Reading): void;
  /** Gives those from before the clock was synchronised their true times. */
  stamp(anchor: Moment): void;
  of(stream: string): Latest | undefined;
  all(): readonly Latest[];
}

export function latestReadings(): LatestReadings {
  const byStream = new Map<string, Latest>();
  return {
    expect(streams, staleAfter) {
      for (const stream of streams) {
        byStream.set(stream.id, { stream, staleAfter, valued: byStream.get(stream.id)?.valued });
      }
    },
    take(reading) {
      const latest = byStream.get(reading.stream.id);
      if (latest && reading.value !== null) latest.valued = { ...reading, value: reading.value };
    },
    stamp(anchor) {
      for (const latest of byStream.values()) {
        if (!latest.valued?.unsynchronised) continue;
        const { unsynchronised: _, ...reading } = latest.valued;
        latest.valued = { ...reading, time: timeBy(anchor, reading.monotonic) };
      }
    },
    of: (stream) => byStream.get(stream),
    all: () => [...byStream.values()],
  };
}
