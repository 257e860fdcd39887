import type { Site } from '../config/site.js';
import type { Sensing } from './ingest/sensing.js';
import type { LatestReadings } from './latest.js';
import { staleAfter } from './quality/stale.js';

export interface AdjustParts {
  sensing: Pick<Sensing, 'sensors' | 'streams'>;
  latest: Pick<LatestReadings, 'expect'>;
}

/** Has intervals, calibrations, corrections and the age at which values are stale follow a site from now on. */
export function adjustSensing(site: Site, { sensing, latest }: AdjustParts): void {
  for (const config of site.sensors) {
    const interval = sensing.sensors.get(config.id)?.retune(config);
    const streams = sensing.streams.find(({ sensor }) => sensor.id === config.id)?.streams;
    if (interval !== undefined && streams) {
      latest.expect(streams, { interval, staleAfter: staleAfter(config, interval) });
    }
  }
}
