import type { HumidityOf } from './ingest/correction.js';
import type { LatestReadings } from './latest.js';
import { isStale } from './quality/stale.js';

/** The humidity that sensors gave last, where it passed all quality tests and is not stale. */
export function humidityFrom(latest: Pick<LatestReadings, 'all'>): HumidityOf {
  return (sensor, monotonic) =>
    latest
      .all()
      .filter(({ stream }) => stream.property === 'humidity' && (sensor ?? stream.sensor) === stream.sensor)
      .find(({ passed, staleAfter }) => passed && !isStale(monotonic - passed.monotonic, staleAfter))?.passed
      ?.value;
}
