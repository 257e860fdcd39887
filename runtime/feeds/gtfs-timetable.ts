import { ShelterError } from '../../config/errors.js';
import type { TimetableConfig } from '../../config/feeds.js';
import type { Clock } from '../../drivers/ports.js';
import { isoTime } from '../view.js';
import type { Feed } from './feed.js';
import type { FoundArrival, FoundRoute } from './found.js';
import { dayAt } from './gtfs/days.js';
import { openFiles, versionOf } from './gtfs/files.js';
import { readTimetable } from './gtfs/read.js';
import {
  type Departure,
  type Direction,
  departuresBetween,
  departuresOn,
  endOf,
  runName,
  type Timetable,
} from './gtfs/timetable.js';

/** A GTFS timetable: what is to come by it, and the routes. It is read again when another takes its place. */
export interface GtfsTimetable {
  feed: Feed;
  /** Waits where it is being read for the first time. Rejects with TIMETABLE_UNUSABLE. */
  current(): Promise<Timetable>;
}

export interface GtfsTimetableParts {
  config: TimetableConfig;
  clock: Clock;
  /** Of names that a timetable has in no language. */
  language: string;
}

/** How far it is looked ahead, in ms; where nothing comes so soon, so far that the first bus of a morning is found. */
const horizon = { usual: 3 * 3_600_000, far: 12 * 3_600_000 };

/** Buses of a line and destination that are told of. */
const each = 4;

/** What should have come is told of for so long, in ms: a bus that is late is still that bus. */
const late = 3_600_000;

const every = 30_000;

export function gtfsTimetable({ config, clock, language }: GtfsTimetableParts): GtfsTimetable {
  let version: string | undefined;
  let timetable: Timetable | undefined;
  let reading: Promise<Timetable> | undefined;
  let routes: { day: number; found: readonly FoundRoute[] } | undefined;

  /** Reads it where it is new; who asks meanwhile waits for the same reading. */
  function refresh(): Promise<Timetable> {
    reading ??= readIfNew().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  async function readIfNew(): Promise<Timetable> {
    const found = await versionOf(config.path);
    if (timetable && found === version) return timetable;
    const files = await openFiles(config.path);
    try {
      timetable = await readTimetable(files, { stops: config.stops, language });
    } finally {
      await files.close();
    }
    version = found;
    routes = undefined;
    return timetable;
  }

  /** They change with the day of service, and not more often. */
  function routesOf(current: Timetable): readonly FoundRoute[] {
    const day = dayAt(clock.now() - 4 * 3_600_000, current.zone);
    if (routes?.day !== day) routes = { day, found: findRoutes(current, day) };
    return routes.found;
  }

  return {
    current: async () => timetable ?? refresh(),
    feed: {
      id: 'timetable',
      async ask() {
        const current = await refresh();
        const arrivals = findDepartures(current, clock.now());
        const isSome = arrivals.some(({ expected }) => expected > clock.now());
        const doubt = isSome ? undefined : whyNone(current, clock.now());
        return { findings: { arrivals, routes: routesOf(current) }, doubt };
      },
      pace: () => every,
      hide: (text) => text,
    },
  };
}

/** The next buses of each line and destination. @param now wall time in ms */
export function findDepartures(timetable: Timetable, now: number): FoundArrival[] {
  const isLast = lastsOf(timetable);
  const counts = new Map<Direction, number>();
  const until = (ahead: number) => departuresBetween(timetable, now - late, now + ahead);
  const near = until(horizon.usual);
  const departures = near.some(({ departure }) => departure > now) ? near : until(horizon.far);
  return departures.flatMap((departure) => {
    const { trip, day, start, arrival } = departure;
    const { direction, lowFloor } = trip;
    const count = counts.get(direction) ?? 0;
    if (count >= each) return [];
    if (arrival > now) counts.set(direction, count + 1);
    return [
      {
        line: direction.line,
        destination: direction.destination,
        route: direction.id,
        run: runName(trip.id, day, start),
        expected: arrival,
        scheduled: arrival,
        basis: 'timetable',
        asOf: now,
        status: 'running',
        lowFloor,
        lastOfDay: isLast(departure),
      },
    ];
  });
}

/** Tells the last bus of a line and destination on its day of service. */
function lastsOf(timetable: Timetable): (departure: Departure) => boolean {
  const days = new Map<number, ReadonlyMap<Direction, readonly [first: number, last: number]>>();
  return ({ trip, day, departure }) => {
    const spans = days.get(day) ?? spansOn(timetable, day);
    days.set(day, spans);
    return spans.get(trip.direction)?.[1] === departure;
  };
}

/** When the first and the last bus of each direction leave on a day of service, as wall times in ms. */
function spansOn(timetable: Timetable, day: number): Map<Direction, readonly [first: number, last: number]> {
  const spans = new Map<Direction, readonly [number, number]>();
  for (const { trip, departure } of departuresOn(timetable, day)) {
    const [first, last] = spans.get(trip.direction) ?? [departure, departure];
    spans.set(trip.direction, [Math.min(first, departure), Math.max(last, departure)]);
  }
  return spans;
}

function findRoutes(timetable: Timetable, day: number): FoundRoute[] {
  const spans = spansOn(timetable, day);
  return timetable.directions.map((direction) => {
    const { id, line, destination, pattern } = direction;
    const [firstBus, lastBus] = spans.get(direction) ?? [];
    const stops = pattern.stops.flatMap((stopId) => {
      const stop = timetable.stops.get(stopId);
      const transfers = stop?.lines.filter((other) => other !== line) ?? [];
      return stop ? [{ name: stop.name, here: stop.here, transfers }] : [];
    });
    return { id, line, destination, stops, firstBus, lastBus };
  });
}

/** A stop without a bus for hours may be a village at night, or a timetable that has ended. */
function whyNone(timetable: Timetable, now: number): ShelterError | undefined {
  if (timetable.trips.size === 0) {
    return new ShelterError('TIMETABLE_OVER', 'No trip of the timetable stops here for people to get on.');
  }
  const end = endOf(timetable);
  if (end !== undefined && end > now) return undefined;
  const when = end === undefined ? 'has no day of service' : `ended before ${isoTime(end)}`;
  return new ShelterError('TIMETABLE_OVER', `The timetable ${when}.`);
}
