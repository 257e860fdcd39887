import type { Site } from '../config/site.js';
import { findDriver } from '../drivers/index.js';
import type { Clock } from '../drivers/ports.js';
import type { LatestReadings } from './latest.js';
import type { Speaker } from './uplink/codecs/codec.js';
import { version } from './version.js';

export interface SpeakerParts {
  site: Site;
  /** Of the store. */
  epoch: string;
  latest: Pick<LatestReadings, 'all' | 'of'>;
  clock: Pick<Clock, 'now'>;
}

/** What a codec may know of a site. */
export function speakerOf({ site, epoch, latest, clock }: SpeakerParts): Speaker {
  return {
    device: { id: site.id, epoch },
    name: site.name,
    version,
    prefix: site.uplink?.topicPrefix ?? '',
    streams: () => latest.all().map(({ stream }) => stream),
    latest: () => latest.all().flatMap(({ valued }) => valued ?? []),
    staleAfter: ({ id }) => (latest.of(id)?.staleAfter ?? 0) + site.store.commitInterval,
    inputs: site.sensors.flatMap(({ id, driver }) => inputOf(id, driver)),
    now: clock.now,
  };
}

function inputOf(id: string, model: string): Speaker['inputs'] {
  const driver = findDriver(model);
  if (driver?.link !== 'input') return [];
  return [{ id, kinds: driver.states.map((state) => `${model}.${state}`) }];
}
