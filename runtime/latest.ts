import { quality } from '../config/catalogue/quality.js';
import type { Moment } from './ingest/pipeline.js';
import type { Reading, Stream } from './reading.js';
import { timeBy } from './timekeeping.js';

type Valued = Reading & { value: number };

/** The newest of a stream. */
export interface Latest extends Timing {
  stream: Stream;
  /** The last reading that has a value. */
  valued: Valued | undefined;
  /** The last one that passed all quality tests. */
  passed: Valued | undefined;
}

/** In ms. */
export interface Timing {
  /** At which it is sampled. */
  interval: number;
  /** Age from which a value counts as stale. */
  staleAfter: number;
}

/** What every stream gave last, in memory: the page must not wait for the card. */
export interface LatestReadings {
  /** To be called again where the timing changes; what was taken stays. */
  expect(streams: readonly Stream[], timing: Timing): void;
  take(reading: Reading): void;
  /** Gives those from before the clock was synchronised their true times. */
  stamp(anchor: Moment): void;
  of(stream: string): Latest | undefined;
  all(): readonly Latest[];
}

export function latestReadings(): LatestReadings {
  const byStream = new Map<string, Latest>();
  return {
    expect(streams, timing) {
      for (const stream of streams) {
        const { valued, passed } = byStream.get(stream.id) ?? {};
        byStream.set(stream.id, { stream, ...timing, valued, passed });
      }
    },
    take(reading) {
      const latest = byStream.get(reading.stream.id);
      if (!latest || reading.value === null) return;
      latest.valued = { ...reading, value: reading.value };
      if (reading.quality === quality.pass) latest.passed = latest.valued;
    },
    stamp(anchor) {
      for (const latest of byStream.values()) {
        latest.valued = latest.valued && stamped(latest.valued, anchor);
        latest.passed = latest.passed && stamped(latest.passed, anchor);
      }
    },
    of: (stream) => byStream.get(stream),
    all: () => [...byStream.values()],
  };
}

function stamped(reading: Valued, anchor: Moment): Valued {
  if (!reading.unsynchronised) return reading;
  const { unsynchronised: _, ...rest } = reading;
  return { ...rest, time: timeBy(anchor, reading.monotonic) };
}
