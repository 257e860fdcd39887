import { readTime } from './days.js';
import type { GtfsFiles } from './files.js';
import { readNeeded } from './tables.js';
import type { Call, Pattern } from './timetable.js';

/** A trip that stops here: where else, and when here. */
export interface TimedTrip {
  pattern: Pattern;
  calls: readonly Call[];
  /** What the bus says from here on; empty where it says the same all the way. */
  headsign: string;
  /** Seconds of the day of service at which it starts. */
  start: number | undefined;
}

/** A stop of a trip. Times are seconds of the day of service; undefined between two that stand in the timetable. */
interface Row {
  sequence: number;
  stop: string;
  arrival: number | undefined;
  departure: number | undefined;
  headsign: string;
  /** Whether people may get on. */
  boards: boolean;
}

const file = 'stop_times.txt';
const times = { needed: ['trip_id', 'stop_id', 'stop_sequence', 'arrival_time', 'departure_time'] };

/** The trips on which people can get on here. @param here ids of the stops */
export async function readStopTimes(
  files: GtfsFiles,
  here: ReadonlySet<string>,
): Promise<Map<string, TimedTrip>> {
  const stops = new Set<string>();
  await readNeeded(
    files,
    {
      name: file,
      needed: ['trip_id', 'stop_id'],
      matters: (record) => [...here].some((id) => record.includes(id)),
    },
    ([trip = '', stop = '']) => {
      if (here.has(stop)) stops.add(trip);
    },
  );

  const rows = new Map<string, Row[]>();
  const texts = sharedTexts();
  await readNeeded(
    files,
    { name: file, ...times, wanted: ['stop_headsign', 'pickup_type'] },
    ([trip = '', stop = '', sequence = '', arrival = '', departure = '', headsign = '', pickup = '']) => {
      if (!stops.has(trip)) return;
      const row = {
        sequence: Number(sequence),
        stop: texts(stop),
        arrival: readTime(arrival) ?? readTime(departure),
        departure: readTime(departure) ?? readTime(arrival),
        headsign: texts(headsign),
        boards: pickup !== '1',
      };
      const known = rows.get(trip);
      if (known) known.push(row);
      else rows.set(texts(trip), [row]);
    },
  );
  const share = sharedPatterns();
  const trips = [...rows].map(([trip, its]) => [trip, fold(its, here, share)] as const);
  return new Map(trips.filter(([, { calls }]) => calls.length > 0));
}

function fold(unordered: Row[], here: ReadonlySet<string>, share: (pattern: Pattern) => Pattern): TimedTrip {
  const rows = unordered.sort((one, other) => one.sequence - other.sequence);
  const stays = rows.flatMap(({ stop, sequence, headsign, boards }, index) => {
    const isLast = index === rows.length - 1;
    const arrival = timeAt(rows, index, 'arrival');
    const departure = timeAt(rows, index, 'departure');
    if (!here.has(stop) || !boards || isLast || arrival === undefined || departure === undefined) return [];
    return [{ call: { sequence, arrival, departure }, headsign }];
  });
  const pattern = share({
    stops: rows.map(({ stop }) => stop),
    sequences: rows.map(({ sequence }) => sequence),
  });
  return {
    pattern,
    calls: stays.map(({ call }) => call),
    headsign: stays[0]?.headsign ?? '',
    start: rows[0]?.departure,
  };
}

/** Between two stops whose times stand in the timetable, all stops are taken to be alike far from each other. */
function timeAt(rows: readonly Row[], index: number, which: 'arrival' | 'departure'): number | undefined {
  const own = rows[index]?.[which];
  if (own !== undefined) return own;
  const before = rows.findLastIndex(({ departure }, place) => place < index && departure !== undefined);
  const after = rows.findIndex(({ arrival }, place) => place > index && arrival !== undefined);
  const [from, to] = [rows[before]?.departure, rows[after]?.arrival];
  if (from === undefined || to === undefined) return undefined;
  return Math.round(from + ((to - from) * (index - before)) / (after - before));
}

/** A table repeats the same few names a hundred thousand times. */
function sharedTexts(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    // A copy: what is cut out of a piece of a file keeps the whole piece in memory.
    const own = Buffer.from(text).toString();
    known.set(own, own);
    return own;
  };
}

function sharedPatterns(): (pattern: Pattern) => Pattern {
  const known = new Map<string, Pattern>();
  return (pattern) => {
    const name = JSON.stringify(pattern);
    const found = known.get(name) ?? pattern;
    known.set(name, found);
    return found;
  };
}
