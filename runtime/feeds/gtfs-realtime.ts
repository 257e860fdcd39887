import { ShelterError } from '../../config/errors.js';
import type { GtfsRealtimeConfig } from '../../config/feeds.js';
import type { Clock } from '../../drivers/ports.js';
import type { TimeZone } from '../life/time-zone.js';
import { statusError } from './data-portal.js';
import type { Feed } from './feed.js';
import { type Fetch, placeOf } from './fetch.js';
import { findNotices, isDetoured } from './gtfs/alerts.js';
import { readRealtime } from './gtfs/realtime.js';
import type { Timetable } from './gtfs/timetable.js';
import { findUpdates } from './gtfs/updates.js';
import { judgeArrivals, nonsense } from './judge.js';
import type { Key } from './key.js';
import { type Hours, soonestOf, steadyPace } from './pace.js';

/** Live buses by GTFS-realtime, over the trips of a timetable: TripUpdates, and VehiclePositions and Alerts beside them. */

/** A feed that was made so long ago, in ms, stands still. */
const oldAfter = 300_000;

export interface GtfsRealtimeParts {
  config: GtfsRealtimeConfig;
  fetch: Fetch;
  key: Key | undefined;
  timetable: () => Promise<Timetable>;
  clock: Clock;
  hours: Hours;
  zone: TimeZone;
}

export function gtfsRealtimeFeed(parts: GtfsRealtimeParts): Feed {
  const { config, fetch, key, timetable, clock, hours, zone } = parts;
  const place = placeOf(config.url);

  async function load(): Promise<Uint8Array> {
    const secret = key && { [config.keyName]: await key.read() };
    const { status, body } = await fetch({
      url: config.url,
      ...(secret && (config.keyIn === 'header' ? { headers: secret } : { secrets: secret })),
    });
    if (status === 200) return body;
    throw statusError(place, status, new TextDecoder().decode(body.subarray(0, 300)));
  }

  return {
    id: 'gtfs-realtime',
    async ask() {
      const current = await timetable();
      const here = [...current.stops].filter(([, stop]) => stop.here).map(([id]) => id);
      const feed = readRealtime(await load(), { trips: current.trips, stops: here });
      if (!feed) throw new ShelterError('FEED_NONSENSE', `${place}: no GTFS-realtime.`);

      const now = clock.now();
      const made = feed.timestamp === undefined ? now : feed.timestamp * 1_000;
      const { found, doubts: unknown } = findUpdates(feed, current, { now, made });
      const detoured = isDetoured(feed.alerts, now);
      const { arrivals, doubts } = judgeArrivals(
        found.map(({ arrival, ...names }) => ({ ...arrival, detour: detoured(names) })),
        now,
      );
      return {
        findings: { arrivals, notices: findNotices(feed.alerts, current, now) },
        doubt: nonsense([...unknown, ...doubts]) ?? old(made, now),
        mark: String(feed.timestamp ?? JSON.stringify(found)),
      };
    },
    pace: (situation, { findings }) => {
      const soonest = soonestOf(findings.arrivals, situation.now);
      return steadyPace({ ...situation, soonest, hours, zone }, config.interval);
    },
    hide: (text) => key?.hide(text) ?? text,
  };

  function old(made: number, now: number): ShelterError | undefined {
    if (now - made < oldAfter) return undefined;
    const minutes = Math.round((now - made) / 60_000);
    return new ShelterError('FEED_STUCK', `${place}: it was made ${minutes} min ago.`);
  }
}
