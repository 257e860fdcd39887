import type { Clock } from '../drivers/ports.js';
import type { Sensing } from './ingest/sensing.js';
import type { HistoryPoint, Store } from './store/port.js';

export interface RecallParts {
  store: Pick<Store, 'history'>;
  sensing: Pick<Sensing, 'streams' | 'memories'>;
  clock: Clock;
}

/** Of the newest readings each one is told, and means of what was before, of this width in ms. */
const newest = 10;
const width = 600_000;

/** Gives the quality tests back what they knew before a restart, out of the store. Rejects as the store does. */
export async function recall({ store, sensing, clock }: RecallParts): Promise<void> {
  const streams = sensing.streams.flatMap((sensor) => sensor.streams.map(({ id }) => id));
  for (const stream of streams) {
    const now = clock.now();
    const offset = clock.monotonic() - now;
    const from = now - (sensing.memories.lookback(stream) ?? 0);
    const [means, singles] = await Promise.all([
      store.history({ stream, from, to: now, every: width, most: Math.ceil((now - from) / width) + 1 }),
      store.history({ stream, from, to: now, most: newest }),
    ]);
    const first = singles[0]?.time ?? now;
    // The tests judge what is calibrated. Means of what was corrected are about something else.
    const isCorrected = singles.some(({ correction }) => correction !== undefined);
    const before = isCorrected ? [] : means.filter(({ time }) => time + width <= first);
    const past = [
      ...before,
      ...singles.map((point) => ({ ...point, value: point.calibrated ?? point.value })),
    ];
    const onMonotonic = (point: HistoryPoint) => ({ ...point, time: point.time + offset });
    sensing.memories.resume(stream, past.map(onMonotonic));
  }
}
