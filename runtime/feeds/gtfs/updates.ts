import type { FoundArrival } from '../found.js';
import { dayAt, readDay, readTime, runsOn, timeOn } from './days.js';
import type { RealtimeFeed, StopUpdate, TripUpdate, Vehicle } from './realtime.js';
import { type Call, type Direction, runName, type Timetable, type Trip } from './timetable.js';

/** What GTFS-realtime makes of a timetable at one stop. */

/** From so many ms behind its time a bus is late. */
const lateFrom = 300_000;

/** A bus that has passed already has left so long ago, in ms, for want of a better word. */
const passedFor = 60_000;

/** How full a bus is, by the numbers of OccupancyStatus; the others say nothing of it. */
const crowding: Readonly<Record<number, FoundArrival['crowding']>> = {
  0: 'empty',
  1: 'seats',
  2: 'seats',
  3: 'standing',
  4: 'full',
  5: 'full',
  6: 'full',
};

/** A live bus, with the names that alerts have for it. */
export interface FoundUpdate {
  arrival: FoundArrival;
  trip: string;
  route: string;
}

/** Wall times in ms. */
interface Moment {
  now: number;
  /** When the feed was made. */
  made: number;
}

/** Every bus that the feed tells of and that stops here; doubts are about trips that the timetable does not know. */
export function findUpdates(
  { updates, vehicles }: RealtimeFeed,
  timetable: Timetable,
  moment: Moment,
): { found: FoundUpdate[]; doubts: string[] } {
  const vehicleOf = new Map(vehicles.map((vehicle) => [vehicle.trip, vehicle]));
  const doubts: string[] = [];
  const found = updates.flatMap((update) => {
    if (update.relationship === 'deleted') return [];
    const trip = timetable.trips.get(update.trip ?? '');
    const vehicle = vehicleOf.get(update.trip);
    if (trip)
      return trip.calls.flatMap((call) => ofTrip({ trip, call, update, vehicle, timetable, moment }) ?? []);
    const added = ofAdded(update, vehicle, timetable, moment);
    if (typeof added !== 'string') return added;
    doubts.push(added);
    return [];
  });
  return { found, doubts };
}

interface Matter {
  trip: Trip;
  call: Call;
  update: TripUpdate;
  vehicle: Vehicle | undefined;
  timetable: Timetable;
  moment: Moment;
}

/** Undefined where the feed does not say when it comes: then the timetable has the word. */
function ofTrip({ trip, call, update, vehicle, timetable, moment }: Matter): FoundUpdate | undefined {
  const run = findRun(trip, call, update, timetable, moment.now);
  const place = trip.pattern.sequences.indexOf(call.sequence);
  const said = predict(update, (stop) => placeOf(stop, trip), place);
  const isCancelled = update.relationship === 'cancelled' || said.kind === 'skipped';
  const expected = isCancelled ? run.scheduled : expectedBy(said, run.scheduled, moment.now);
  if (expected === undefined) return undefined;
  const { direction } = trip;
  const at = vehicle && placeOf(vehicle, trip);
  const isOnItsWay = !isCancelled && said.kind !== 'passed' && at !== undefined;
  return {
    trip: trip.id,
    route: direction.route,
    arrival: {
      ...liveArrival(update, vehicle, direction, moment),
      run: runName(trip.id, run.day, run.start),
      expected,
      scheduled: run.scheduled,
      status: isCancelled ? 'cancelled' : isLate(expected, run.scheduled) ? 'delayed' : 'running',
      stopsAway: isOnItsWay ? stopsAway(place - at, vehicle) : undefined,
      lowFloor: update.wheelchair ?? vehicle?.wheelchair ?? trip.lowFloor,
    },
  };
}

/** A bus beyond the timetable, on a route of it; or why nothing can be made of it. */
function ofAdded(
  update: TripUpdate,
  vehicle: Vehicle | undefined,
  { directions, stops }: Timetable,
  moment: Moment,
): FoundUpdate[] | string {
  const here = update.stops.filter(({ stop }) => stops.get(stop ?? '')?.here);
  const ways = directions.filter(({ route }) => route === update.route);
  if (ways.length === 0) {
    return `Trip ${update.trip ?? '?'} of route ${update.route ?? '?'} is not in the timetable.`;
  }
  const [direction] = ways;
  // Where it goes is known only where buses of that route go one way from here.
  if (!direction || ways.length > 1 || update.relationship === 'cancelled') return [];
  return here.flatMap(({ time, relationship }) => {
    if (time === undefined || relationship === 'skipped') return [];
    return [
      {
        trip: update.trip ?? '',
        route: direction.route,
        arrival: {
          ...liveArrival(update, vehicle, direction, moment),
          run: runName(update.trip ?? '', 0, time),
          expected: time * 1_000,
          status: 'running' as const,
          lowFloor: update.wheelchair ?? vehicle?.wheelchair,
        },
      },
    ];
  });
}

function liveArrival(
  { timestamp, stops }: TripUpdate,
  vehicle: Vehicle | undefined,
  { id, line, destination }: Direction,
  { made }: Moment,
) {
  const occupancy = vehicle?.occupancy ?? stops.findLast((stop) => stop.occupancy !== undefined)?.occupancy;
  return {
    line,
    destination,
    route: id,
    basis: 'live' as const,
    asOf: timestamp === undefined ? made : timestamp * 1_000,
    crowding: crowding[occupancy ?? -1],
  };
}

interface Run {
  /** Day of service. */
  day: number;
  /** Seconds of that day, where the trip is run again and again. */
  start: number | undefined;
  /** When it is to stop here, as wall time in ms; undefined where no start is told. */
  scheduled: number | undefined;
}

/** Which run it is: of the day that is told, or else of the one whose time is the nearest. */
function findRun(trip: Trip, call: Call, update: TripUpdate, timetable: Timetable, now: number): Run {
  const { zone, services } = timetable;
  const service = services.get(trip.service);
  const start = trip.repeats.length > 0 ? readTime(update.start ?? '') : undefined;
  const shift = start === undefined ? 0 : start - (trip.repeats[0]?.base ?? 0);
  const isOpen = trip.repeats.length > 0 && start === undefined;
  const timeOf = (day: number) => timeOn(day, call.arrival + shift, zone);
  const today = dayAt(now, zone);
  const days = [today - 1, today, today + 1].filter((day) => service && runsOn(service, day));
  const nearest = days.sort((one, other) => Math.abs(timeOf(one) - now) - Math.abs(timeOf(other) - now))[0];
  const day = readDay(update.date ?? '') ?? nearest ?? today;
  return { day, start, scheduled: isOpen ? undefined : timeOf(day) };
}

type Said =
  | { kind: 'time'; time: number }
  | { kind: 'delay'; delay: number }
  | { kind: 'skipped' | 'passed' | 'nothing' };

/**
 * What is said of the stop at a place: of itself, or by the delay of the last stop before it that tells one, or by that
 * of the trip. Where only later stops are told of, the bus has passed.
 */
function predict(
  { stops, delay }: TripUpdate,
  place: (stop: StopUpdate) => number | undefined,
  wanted: number,
): Said {
  const placed = stops.flatMap((stop) => {
    const at = place(stop);
    return at === undefined ? [] : [{ stop, at }];
  });
  const own = placed.find(({ at }) => at === wanted)?.stop;
  if (own) return saidOf(own);
  const before = placed
    .filter(({ at, stop }) => at < wanted && stop.relationship !== 'skipped')
    .sort((one, other) => one.at - other.at)
    .at(-1)?.stop;
  if (before) return delayOf(before.relationship === 'no-data' ? undefined : before.delay);
  if (placed.length > 0) return { kind: 'passed' };
  return delayOf(delay);
}

function saidOf({ relationship, time, delay }: StopUpdate): Said {
  if (relationship === 'skipped') return { kind: 'skipped' };
  if (relationship === 'no-data') return { kind: 'nothing' };
  return time === undefined ? delayOf(delay) : { kind: 'time', time };
}

function delayOf(delay: number | undefined): Said {
  return delay === undefined ? { kind: 'nothing' } : { kind: 'delay', delay };
}

/** As wall time in ms; undefined where the feed does not say. */
function expectedBy(said: Said, scheduled: number | undefined, now: number): number | undefined {
  if (said.kind === 'time') return said.time * 1_000;
  if (said.kind === 'passed') return Math.min(scheduled ?? now, now - passedFor);
  if (said.kind !== 'delay' || scheduled === undefined) return undefined;
  return scheduled + said.delay * 1_000;
}

function isLate(expected: number, scheduled: number | undefined): boolean {
  return scheduled !== undefined && expected - scheduled >= lateFrom;
}

/** Where among the stops of a trip. */
function placeOf(
  { sequence, stop }: Pick<StopUpdate, 'sequence' | 'stop'>,
  { pattern }: Trip,
): number | undefined {
  const place =
    sequence === undefined ? pattern.stops.indexOf(stop ?? '') : pattern.sequences.indexOf(sequence);
  return place < 0 ? undefined : place;
}

/** A bus on its way to a stop still has that stop before it. */
function stopsAway(places: number, vehicle: Vehicle | undefined): number {
  return vehicle?.isThere ? places : places + 1;
}
