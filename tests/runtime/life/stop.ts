import { type PropertyId, properties } from '../../../config/catalogue/properties.js';
import { type Quality, quality, type TestId } from '../../../config/catalogue/quality.js';
import { siteShape } from '../../../config/site.js';
import { type Life, life as lifeSchema } from '../../../runtime/api/life.js';
import type { Latest } from '../../../runtime/latest.js';
import { type Standing, standingOf } from '../../../runtime/life/standing.js';
import { type Situation, summarise } from '../../../runtime/life/summary.js';
import { timeZone } from '../../../runtime/life/time-zone.js';
import { noWindow, startOfHour, type Window } from '../../../runtime/life/windows.js';
import type { Stream } from '../../../runtime/reading.js';

/** A stop as a test has it: what its sensors said last, and in the hours before. */

export const monotonic = 10_000_000;

export interface Said {
  /** Null where it has not said anything. */
  value: number | null;
  flag?: Quality;
  doubts?: readonly TestId[];
  /** In ms. */
  age?: number;
  /** What passed before that, and its age. */
  before?: { value: number; age: number };
  hours?: Window['hours'];
  recent?: Window['recent'];
}

/** @param id `sensor/property` */
export function standing(id: `${string}/${PropertyId}`, said: Said, now: number): Standing {
  const [sensor, property] = id.split('/') as [string, PropertyId];
  const stream: Stream = { id, sensor, property, unit: properties[property].unit };
  const { value, flag = quality.pass, age = 1_000, before, doubts, hours, recent } = said;
  const reading = (value: number, flag: Quality, age: number) => ({
    ...{ stream, value, raw: value, quality: flag, time: now - age, monotonic: monotonic - age },
    ...(doubts && { doubts }),
  });
  const valued = value === null ? undefined : reading(value, flag, age);
  const passed = before ? reading(before.value, quality.pass, before.age) : valued;
  const latest: Latest = {
    stream,
    interval: 60_000,
    staleAfter: 180_000,
    valued,
    passed: passed?.quality === quality.pass ? passed : undefined,
  };
  const window = hours || recent ? { until: startOfHour(now), hours: hours ?? [], recent } : noWindow;
  return standingOf(latest, window, monotonic);
}

export interface StopOptions {
  /** In the stop's own time zone's offset, as ISO 8601. */
  at?: string;
  profile?: Situation['site']['profile'];
  languages?: Situation['site']['languages'];
  zone?: string;
  synchronised?: boolean;
  certification?: Record<string, string>;
}

/** The summary of a stop; it is as the contract says. */
export function lifeOf(
  said: Readonly<Partial<Record<`${string}/${PropertyId}`, Said>>>,
  options: StopOptions = {},
): Life {
  const { at = '2026-01-15T14:20:00+09:00', profile = 'korea', languages = ['ko', 'en'] } = options;
  const { zone = 'Asia/Seoul', synchronised = true, certification = {} } = options;
  const time = Date.parse(at);
  const entries = Object.entries(said) as [`${string}/${PropertyId}`, Said][];
  const ids = [...new Set(entries.map(([id]) => id.split('/')[0] ?? ''))];
  const { sensors } = siteShape.parse({
    id: 'stop',
    name: { en: 'Stop', ko: '정류장' },
    place: { latitude: 1, longitude: 2 },
    timeZone: zone,
    languages,
    sensors: ids.map((id) => ({
      ...{ id, driver: 'sds011', port: 'p' },
      ...(certification[id] && { certification: certification[id] }),
    })),
  });
  return lifeSchema.parse(
    summarise({
      site: { profile, languages, sensors },
      standings: entries.map(([id, each]) => standing(id, each, time)),
      zone: timeZone(zone),
      time,
      monotonic,
      synchronised,
    }),
  );
}

/** So many hours of the same. */
export function hoursOf(count: number, value: number | undefined): (number | undefined)[] {
  return Array.from({ length: count }, () => value);
}
