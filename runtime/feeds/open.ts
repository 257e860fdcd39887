import { join } from 'node:path';
import type { z } from 'zod';
import type { FeedsConfig } from '../../config/feeds.js';
import type { Clock } from '../../drivers/ports.js';
import type { Disk } from '../disk.js';
import { type Kept, keptValue } from '../kept.js';
import { type TimeZone, timeZone } from '../life/time-zone.js';
import type { Feed, FeedId } from './feed.js';
import type { Fetch } from './fetch.js';
import { keyFrom } from './key.js';
import { type Hours, sinceMidnight } from './pace.js';
import { countCalls, createQuota, type Quota, spentSchema } from './quota.js';

/** A feed as a site has it, with what it may ask. */
export interface OpenFeed {
  feed: Feed;
  quota: Quota;
  /** Calls a day; undefined where there is no limit. */
  most: number | undefined;
}

export interface OpeningParts {
  config: FeedsConfig;
  /** Of the site: in it the hours of service are told. */
  zone: TimeZone;
  /** The site's first language: names that a timetable has in no language are taken to be in it. */
  language: string;
  /** Where what must outlive the program is kept. */
  folder: string;
  disk: Disk;
  fetch: Fetch;
  clock: Clock;
  /** Told where what was kept is damaged. */
  onLost(error: unknown): void;
}

export interface OpenFeeds {
  feeds: readonly OpenFeed[];
  /** Writes what waits to be kept. */
  flush(): Promise<void>;
}

/** The feeds that a site names. Each is loaded only where it is used. */
export async function openFeeds(parts: OpeningParts): Promise<OpenFeeds> {
  const { config, clock, folder, disk, onLost, zone } = parts;
  const { timetable, gtfsRealtime, tago, seoul, airkorea } = config;
  const hours: Hours = { from: sinceMidnight(config.hours.from), to: sinceMidnight(config.hours.to) };
  const korea = timeZone('Asia/Seoul');
  const kept: Kept<unknown>[] = [];
  const spent = keep('calls.json', spentSchema, {});
  const feeds: OpenFeed[] = [];

  function keep<T>(name: string, schema: z.ZodType<T>, initial: T): Kept<T> {
    const file = join(folder, name);
    const value = keptValue({ file, schema, initial, disk, clock, code: 'FEED_UNKEPT', onLost });
    kept.push(value as Kept<unknown>);
    return value;
  }

  function add(id: FeedId, most: number | undefined, days: TimeZone, make: (fetch: Fetch) => Feed): void {
    const quota = createQuota({ feed: id, most, kept: spent, clock, zone: days });
    feeds.push({ feed: make(countCalls(parts.fetch, quota)), quota, most });
  }

  if (timetable) {
    const { gtfsTimetable } = await import('./gtfs-timetable.js');
    const gtfs = gtfsTimetable({ config: timetable, clock, language: parts.language });
    add('timetable', undefined, zone, () => gtfs.feed);
    if (gtfsRealtime) {
      const { gtfsRealtimeFeed } = await import('./gtfs-realtime.js');
      const key = gtfsRealtime.keyFile && keyFrom(gtfsRealtime.keyFile, 'feeds.gtfsRealtime.keyFile');
      add('gtfs-realtime', gtfsRealtime.callsPerDay, zone, (fetch) =>
        gtfsRealtimeFeed({
          config: gtfsRealtime,
          fetch,
          key: key || undefined,
          timetable: gtfs.current,
          ...{ clock, hours, zone },
        }),
      );
    }
  }
  if (tago) {
    const { tagoFeed, tagoRoutesSchema } = await import('./tago.js');
    const key = keyFrom(tago.keyFile, 'feeds.tago.keyFile');
    const routes = keep('tago-routes.json', tagoRoutesSchema, {});
    add('tago', tago.callsPerDay, korea, (fetch) =>
      tagoFeed({ config: tago, fetch, key, kept: routes, clock, hours, zone }),
    );
  }
  if (seoul) {
    const { seoulFeed } = await import('./seoul.js');
    const key = keyFrom(seoul.keyFile, 'feeds.seoul.keyFile');
    add('seoul', seoul.callsPerDay, korea, (fetch) =>
      seoulFeed({ config: seoul, fetch, key, clock, hours, zone }),
    );
  }
  if (airkorea) {
    const { airKoreaFeed } = await import('./airkorea.js');
    const key = keyFrom(airkorea.keyFile, 'feeds.airkorea.keyFile');
    add('airkorea', airkorea.callsPerDay, korea, (fetch) =>
      airKoreaFeed({ config: airkorea, fetch, key, clock }),
    );
  }
  return {
    feeds,
    async flush() {
      await Promise.all(kept.map((value) => value.flush())).catch(onLost);
    },
  };
}
