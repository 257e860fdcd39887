import { readMessage } from '../../uplink/codecs/protobuf.js';
import type { Texts } from '../found.js';
import { languageOf } from '../texts.js';

/**
 * GTFS-realtime 2.0 as its bytes have it: which number stands for what is in its .proto file. Only what a screen at one
 * stop can use is read; a field that is not as it should be counts as absent.
 */
export interface RealtimeFeed {
  /** Seconds since 1970; undefined where it does not tell. */
  timestamp: number | undefined;
  updates: TripUpdate[];
  vehicles: Vehicle[];
  alerts: Alert[];
}

/** Which run of which trip. */
export interface TripOf {
  trip: string | undefined;
  route: string | undefined;
  /** As `20260131` and `25:10:00`. */
  date: string | undefined;
  start: string | undefined;
  /** `SCHEDULED` and so on; what is not known counts as scheduled. */
  relationship: 'scheduled' | 'added' | 'unscheduled' | 'cancelled' | 'deleted';
}

export interface TripUpdate extends TripOf {
  timestamp: number | undefined;
  /** Of the whole trip, in s. */
  delay: number | undefined;
  wheelchair: boolean | undefined;
  stops: StopUpdate[];
}

export interface StopUpdate {
  sequence: number | undefined;
  stop: string | undefined;
  /** Seconds since 1970. */
  time: number | undefined;
  /** In s. */
  delay: number | undefined;
  occupancy: number | undefined;
  relationship: 'scheduled' | 'skipped' | 'no-data';
}

export interface Vehicle extends TripOf {
  sequence: number | undefined;
  stop: string | undefined;
  /** Whether it stands at that stop; otherwise it is on its way to it. */
  isThere: boolean;
  occupancy: number | undefined;
  wheelchair: boolean | undefined;
}

export interface Alert {
  id: string;
  /** Seconds since 1970; none is always. */
  periods: { start: number | undefined; end: number | undefined }[];
  about: {
    agency: string | undefined;
    route: string | undefined;
    trip: string | undefined;
    stop: string | undefined;
  }[];
  effect: number | undefined;
  severity: number | undefined;
  title: Texts;
  text: Texts;
}

/** Of a feed that may be of a whole country, what is worth reading: the rest would only take time. */
export interface Concern {
  trips: ReadonlyMap<string, unknown>;
  /** Ids of stops: whatever names one of them is read too. */
  stops: readonly string[];
}

/** The values of a message, by the numbers of its fields. */
interface Fields {
  /** Whether these bytes stand anywhere in it. */
  holds(text: string): boolean;
  number(field: number): number | undefined;
  text(field: number): string | undefined;
  message(field: number): Fields;
  messages(field: number): Fields[];
}

/** Reads what concerns a stop; undefined where the bytes are no feed. */
export function readRealtime(bytes: Uint8Array, { trips, stops }: Concern): RealtimeFeed | undefined {
  const fields = fieldsOf(bytes);
  const header = fields?.messages(1)[0];
  // The version must be told: so a text or a page is not taken for an empty feed.
  if (!fields || header?.text(1) === undefined) return undefined;
  const entities = fields.messages(2).filter((entity) => entity.number(2) !== 1);
  const concerns = (part: Fields) =>
    trips.has(part.message(1).text(1) ?? '') || stops.some((stop) => part.holds(stop));
  const parts = (field: number) => entities.flatMap((entity) => entity.messages(field)).filter(concerns);
  return {
    timestamp: header.number(3),
    updates: parts(3).map(readUpdate),
    vehicles: parts(4).map(readVehicle),
    alerts: entities.flatMap((entity) =>
      entity.messages(5).map((alert) => readAlert(entity.text(1) ?? '', alert)),
    ),
  };
}

const tripRelationships: Readonly<Record<number, TripOf['relationship']>> = {
  1: 'added',
  2: 'unscheduled',
  3: 'cancelled',
  7: 'deleted',
  8: 'added',
};

function readTrip(trip: Fields): TripOf {
  return {
    trip: trip.text(1),
    start: trip.text(2),
    date: trip.text(3),
    relationship: tripRelationships[trip.number(4) ?? 0] ?? 'scheduled',
    route: trip.text(5),
  };
}

function readUpdate(update: Fields): TripUpdate {
  return {
    ...readTrip(update.message(1)),
    stops: update.messages(2).map(readStop),
    wheelchair: readWheelchair(update.message(3)),
    timestamp: update.number(4),
    delay: update.number(5),
  };
}

function readStop(stop: Fields): StopUpdate {
  const [arrival, departure] = [stop.message(2), stop.message(3)];
  const relationship = stop.number(5);
  return {
    sequence: stop.number(1),
    time: arrival.number(2) ?? departure.number(2),
    delay: arrival.number(1) ?? departure.number(1),
    stop: stop.text(4),
    relationship: relationship === 1 ? 'skipped' : relationship === 2 ? 'no-data' : 'scheduled',
    occupancy: stop.number(7),
  };
}

function readVehicle(vehicle: Fields): Vehicle {
  return {
    ...readTrip(vehicle.message(1)),
    sequence: vehicle.number(3),
    isThere: vehicle.number(4) === 1,
    stop: vehicle.text(7),
    wheelchair: readWheelchair(vehicle.message(8)),
    occupancy: vehicle.number(9),
  };
}

function readWheelchair(vehicle: Fields): boolean | undefined {
  const value = vehicle.number(4);
  return value === 2 ? true : value === 3 ? false : undefined;
}

function readAlert(id: string, alert: Fields): Alert {
  return {
    id,
    periods: alert.messages(1).map((period) => ({ start: period.number(1), end: period.number(2) })),
    about: alert.messages(5).map((entity) => ({
      agency: entity.text(1),
      route: entity.text(2) ?? entity.message(4).text(5),
      trip: entity.message(4).text(1),
      stop: entity.text(5),
    })),
    effect: alert.number(7),
    title: readTexts(alert.message(10)),
    text: readTexts(alert.message(11)),
    severity: alert.number(14),
  };
}

/** A text without a language stands under `und`. */
function readTexts(translated: Fields): Texts {
  return Object.fromEntries(
    translated
      .messages(1)
      .map((translation) => [languageOf(translation.text(2)) ?? 'und', translation.text(1) ?? ''])
      .filter(([, text]) => text !== ''),
  );
}

const nothing: Fields = {
  holds: () => false,
  number: () => undefined,
  text: () => undefined,
  message: () => nothing,
  messages: () => [],
};

function fieldsOf(bytes: Uint8Array): Fields | undefined {
  const found = readMessage(bytes);
  if (!found) return undefined;
  const last = (wanted: number) => found.findLast(({ field }) => field === wanted)?.value;
  const messages = (wanted: number) =>
    found
      .filter(({ field }) => field === wanted)
      .flatMap(({ value }) => (typeof value === 'number' ? [] : (fieldsOf(value) ?? [])));
  return {
    holds: (text) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(text),
    number(field) {
      const value = last(field);
      return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
    },
    text(field) {
      const value = last(field);
      return value === undefined || typeof value === 'number' ? undefined : new TextDecoder().decode(value);
    },
    message: (field) => messages(field).at(-1) ?? nothing,
    messages,
  };
}
