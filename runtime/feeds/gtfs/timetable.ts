import type { TimeZone } from '../../life/time-zone.js';
import type { Texts } from '../found.js';
import { dayAt, runsOn, type Service, timeOn } from './days.js';

/** What of a timetable concerns one stop. */
export interface Timetable {
  zone: TimeZone;
  /** Of names that are in no other. */
  language: string;
  trips: ReadonlyMap<string, Trip>;
  directions: readonly Direction[];
  services: ReadonlyMap<string, Service>;
  stops: ReadonlyMap<string, Stop>;
}

export interface Stop {
  name: Texts;
  /** Whether it is the stop that the timetable is about. */
  here: boolean;
  /** Lines that stop there, of all routes of the timetable. */
  lines: readonly string[];
}

/** Where buses of a route go from here: what people know as a line and its destination. */
export interface Direction {
  id: string;
  /** `route_id`. */
  route: string;
  /** As it stands on the bus. */
  line: string;
  destination: Texts;
  /** Where most of its trips stop. */
  pattern: Pattern;
}

export interface Trip {
  id: string;
  direction: Direction;
  service: string;
  /** Undefined where it is not known. */
  lowFloor: boolean | undefined;
  /** Where it stops, in order; trips that stop alike share one. */
  pattern: Pattern;
  /** How often it stops here, mostly once. */
  calls: readonly Call[];
  /** Where it is run again and again: then its times count from its start. */
  repeats: readonly Repeat[];
}

export interface Pattern {
  stops: readonly string[];
  /** `stop_sequence` of each. */
  sequences: readonly number[];
}

/** A stop here. Times are seconds of the day of service. */
export interface Call {
  sequence: number;
  arrival: number;
  departure: number;
}

/** Seconds of the day of service. */
export interface Repeat {
  from: number;
  to: number;
  every: number;
  /** When the trip starts in the timetable. */
  base: number;
}

/** A bus that stops here by the timetable. Times are wall times in ms. */
export interface Departure {
  trip: Trip;
  call: Call;
  /** Day of service. */
  day: number;
  /** Seconds of the day of service at which the run starts, where the trip is run again and again. */
  start: number | undefined;
  arrival: number;
  departure: number;
}

/** What stops here between two wall times, the soonest first. The day before counts too: it ends after midnight. */
export function departuresBetween(timetable: Timetable, from: number, to: number): Departure[] {
  const first = dayAt(from, timetable.zone) - 1;
  const last = dayAt(to, timetable.zone);
  const departures: Departure[] = [];
  for (let day = first; day <= last; day++) {
    for (const departure of departuresOn(timetable, day)) {
      if (departure.departure >= from && departure.departure < to) departures.push(departure);
    }
  }
  return departures.sort((one, other) => one.departure - other.departure);
}

/** What stops here on a day of service, in no order. */
export function* departuresOn({ trips, services, zone }: Timetable, day: number): Generator<Departure> {
  const midnight = timeOn(day, 0, zone);
  const running = new Map([...services].map(([id, service]) => [id, runsOn(service, day)]));
  for (const trip of trips.values()) {
    if (!running.get(trip.service)) continue;
    for (const call of trip.calls) {
      for (const { shift, start } of runsOf(trip)) {
        const arrival = midnight + (call.arrival + shift) * 1_000;
        yield { trip, call, day, start, arrival, departure: midnight + (call.departure + shift) * 1_000 };
      }
    }
  }
}

/** By how many seconds each run of a trip is later than the trip in the timetable. */
function* runsOf({ repeats }: Trip): Generator<{ shift: number; start: number | undefined }> {
  if (repeats.length === 0) yield { shift: 0, start: undefined };
  for (const { from, to, every, base } of repeats) {
    for (let start = from; start < to; start += every) yield { shift: start - base, start };
  }
}

/** The name by which feeds speak of the same run. */
export function runName(trip: string, day: number, start: number | undefined): string {
  return JSON.stringify([trip, day, start ?? null]);
}

/** When the last day on which anything runs is over, as wall time in ms; undefined where nothing ever runs. */
export function endOf({ services, trips, zone }: Timetable): number | undefined {
  const used = new Set([...trips.values()].map(({ service }) => service));
  const days = [...services]
    .filter(([id]) => used.has(id))
    .flatMap(([, { to, added, weekdays }]) => [...added, ...(weekdays.some(Boolean) ? [to] : [])]);
  return days.length === 0 ? undefined : timeOn(Math.max(...days) + 1, 0, zone);
}
