import { ShelterError } from '../../../config/errors.js';
import { type TimeZone, timeZone } from '../../life/time-zone.js';
import type { Texts } from '../found.js';
import { languageOf, plainName } from '../texts.js';
import { readDay, readTime, type Service } from './days.js';
import { withDirections } from './directions.js';
import type { GtfsFiles } from './files.js';
import { readStopTimes, type TimedTrip } from './stop-times.js';
import { readNeeded, readOptional } from './tables.js';
import type { Repeat, Stop, Timetable } from './timetable.js';
import { readTranslations } from './translations.js';

export interface WantedStop {
  stops: readonly string[];
  /** Of names in a timetable that does not say its language. */
  language: string;
}

/** Beyond so many trips of a timetable nobody looks for transfers: it would take too much memory. */
const mostTrips = 500_000;

/**
 * Reads what concerns one stop out of a timetable that may be of a whole country: files are read in pieces, and of
 * them only what is about the trips that stop here is kept. Rejects with TIMETABLE_UNUSABLE.
 */
export async function readTimetable(files: GtfsFiles, wanted: WantedStop): Promise<Timetable> {
  const { zone, language } = await readAgency(files, wanted.language);
  const here = await findStops(files, wanted.stops);
  const timed = await readStopTimes(files, here);
  const { heads, routeOf } = await readTrips(files, timed);
  const lines = await readLines(files);
  const stopIds = new Set([...timed.values()].flatMap(({ pattern }) => pattern.stops));
  const passing = await readPassing(files, stopIds, routeOf, lines);
  const services = await readServices(files, new Set([...heads.values()].map(({ service }) => service)));
  const repeats = await readRepeats(files, timed);
  const names = await readStopNames(files, stopIds);
  const said = new Map(
    [...timed].map(([id, { headsign }]) => [id, headsign || (heads.get(id)?.headsign ?? '')]),
  );
  const translations = await readTranslations(files, {
    values: new Set([...names.values(), ...said.values()]),
    ids: new Set([...stopIds, ...timed.keys()]),
  });
  const text = (id: string, value: string): Texts =>
    value === '' ? {} : { [language]: value, ...translations(id, value) };

  const stops = new Map<string, Stop>();
  for (const id of stopIds) {
    const stopLines = [...(passing.get(id) ?? [])].sort();
    stops.set(id, { name: text(id, names.get(id) ?? ''), here: here.has(id), lines: stopLines });
  }
  const bare = [...timed].flatMap(([id, { pattern, calls }]) => {
    const head = heads.get(id);
    const line = lines.get(head?.route ?? '');
    if (!head || line === undefined) return [];
    const { route, service, lowFloor } = head;
    const own = text(id, said.get(id) ?? '');
    const destination =
      Object.keys(own).length > 0 ? own : (stops.get(pattern.stops.at(-1) ?? '')?.name ?? {});
    const repeated = repeats.get(id) ?? [];
    return [{ id, route, line, destination, service, lowFloor, pattern, calls, repeats: repeated }];
  });
  return { zone, language, ...withDirections(bare), services, stops };
}

async function readAgency(
  files: GtfsFiles,
  otherwise: string,
): Promise<{ zone: TimeZone; language: string }> {
  let zoneName: string | undefined;
  let language: string | undefined;
  await readNeeded(
    files,
    { name: 'agency.txt', needed: ['agency_timezone'], wanted: ['agency_lang'] },
    ([zone = '', tag]) => {
      zoneName ??= zone;
      language ??= languageOf(tag);
    },
  );
  await readOptional(files, { name: 'feed_info.txt', needed: ['feed_lang'] }, ([tag]) => {
    // `mul` is no language: names are in several, and translations tell which.
    if (tag !== 'mul') language = languageOf(tag) ?? language;
  });
  return { zone: zoneOf(zoneName ?? ''), language: language ?? otherwise };
}

function zoneOf(name: string): TimeZone {
  try {
    if (!/^[A-Za-z0-9_+/-]+$/.test(name)) throw new RangeError('no name');
    const zone = timeZone(name);
    zone.offsetAt(0);
    return zone;
  } catch (cause) {
    const message = `agency.txt: "${name}" is no time zone of the IANA database.`;
    throw new ShelterError('TIMETABLE_UNUSABLE', message, { cause });
  }
}

/** The ids of the platforms that are wanted: a station stands for its own. */
async function findStops(files: GtfsFiles, wanted: readonly string[]): Promise<Set<string>> {
  const here = new Set<string>();
  await readNeeded(
    files,
    { name: 'stops.txt', needed: ['stop_id'], wanted: ['parent_station'] },
    ([id = '', parent = '']) => {
      if (wanted.includes(id) || wanted.includes(parent)) here.add(id);
    },
  );
  if (here.size > 0) return here;
  const hint = 'Compare feeds.timetable.stops in the site file with stop_id in stops.txt.';
  throw new ShelterError('TIMETABLE_UNUSABLE', `stops.txt: there is no stop ${wanted.join(', ')}.`, { hint });
}

interface TripHead {
  route: string;
  service: string;
  headsign: string;
  lowFloor: boolean | undefined;
}

async function readTrips(
  files: GtfsFiles,
  timed: ReadonlyMap<string, TimedTrip>,
): Promise<{ heads: Map<string, TripHead>; routeOf: Map<string, string> }> {
  const heads = new Map<string, TripHead>();
  const routeOf = new Map<string, string>();
  await readNeeded(
    files,
    {
      name: 'trips.txt',
      needed: ['trip_id', 'route_id', 'service_id'],
      wanted: ['trip_headsign', 'wheelchair_accessible'],
    },
    ([id = '', route = '', service = '', headsign = '', wheelchair = '']) => {
      if (routeOf.size <= mostTrips) routeOf.set(id, route);
      const lowFloor = wheelchair === '1' ? true : wheelchair === '2' ? false : undefined;
      if (timed.has(id)) heads.set(id, { route, service, headsign, lowFloor });
    },
  );
  return { heads, routeOf };
}

/** What stands on the buses, by route. */
async function readLines(files: GtfsFiles): Promise<Map<string, string>> {
  const lines = new Map<string, string>();
  const table = { name: 'routes.txt', needed: ['route_id'], wanted: ['route_short_name', 'route_long_name'] };
  await readNeeded(files, table, ([id = '', short = '', long = '']) => {
    lines.set(id, plainName(short) ?? plainName(long) ?? plainName(id) ?? '?');
  });
  return lines;
}

/** Which lines stop at which of the stops. */
async function readPassing(
  files: GtfsFiles,
  stopIds: ReadonlySet<string>,
  routeOf: ReadonlyMap<string, string>,
  lines: ReadonlyMap<string, string>,
): Promise<Map<string, Set<string>>> {
  const passing = new Map<string, Set<string>>();
  if (routeOf.size > mostTrips) return passing;
  await readNeeded(
    files,
    { name: 'stop_times.txt', needed: ['trip_id', 'stop_id'] },
    ([trip = '', stop = '']) => {
      if (!stopIds.has(stop)) return;
      const line = lines.get(routeOf.get(trip) ?? '');
      if (line === undefined) return;
      const known = passing.get(stop) ?? new Set();
      passing.set(stop, known.add(line));
    },
  );
  return passing;
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

async function readServices(files: GtfsFiles, used: ReadonlySet<string>): Promise<Map<string, Service>> {
  const never = { weekdays: [], from: 0, to: -1 };
  const regular = new Map<string, Pick<Service, 'weekdays' | 'from' | 'to'>>();
  const added = new Map<string, Set<number>>();
  const removed = new Map<string, Set<number>>();
  const hasWeeks = await readOptional(
    files,
    { name: 'calendar.txt', needed: ['service_id', 'start_date', 'end_date', ...weekdays] },
    ([id = '', start = '', end = '', ...days]) => {
      const [from, to] = [readDay(start), readDay(end)];
      if (!used.has(id) || from === undefined || to === undefined) return;
      regular.set(id, { weekdays: days.map((runs) => runs === '1'), from, to });
    },
  );
  const hasDates = await readOptional(
    files,
    { name: 'calendar_dates.txt', needed: ['service_id', 'date', 'exception_type'] },
    ([id = '', date = '', type = '']) => {
      const day = readDay(date);
      if (!used.has(id) || day === undefined) return;
      const days = type === '1' ? added : removed;
      days.set(id, (days.get(id) ?? new Set()).add(day));
    },
  );
  if (!hasWeeks && !hasDates) {
    throw new ShelterError('TIMETABLE_UNUSABLE', 'There is neither calendar.txt nor calendar_dates.txt.');
  }
  return new Map(
    [...used].map((id) => [
      id,
      {
        ...(regular.get(id) ?? never),
        added: added.get(id) ?? new Set<number>(),
        removed: removed.get(id) ?? new Set<number>(),
      },
    ]),
  );
}

/** No bus leaves more often, in s; what says so would fill the memory. */
const shortestHeadway = 60;

async function readRepeats(
  files: GtfsFiles,
  timed: ReadonlyMap<string, TimedTrip>,
): Promise<Map<string, Repeat[]>> {
  const repeats = new Map<string, Repeat[]>();
  const table = { name: 'frequencies.txt', needed: ['trip_id', 'start_time', 'end_time', 'headway_secs'] };
  await readOptional(files, table, ([id = '', start = '', end = '', headway = '']) => {
    const base = timed.get(id)?.start;
    const [from, to, every] = [readTime(start), readTime(end), Number(headway)];
    if (base === undefined || from === undefined || to === undefined || !(every >= shortestHeadway)) return;
    repeats.set(id, [...(repeats.get(id) ?? []), { from, to, every, base }]);
  });
  return repeats;
}

async function readStopNames(files: GtfsFiles, ids: ReadonlySet<string>): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  await readNeeded(files, { name: 'stops.txt', needed: ['stop_id', 'stop_name'] }, ([id = '', name = '']) => {
    if (ids.has(id)) names.set(id, name);
  });
  return names;
}
