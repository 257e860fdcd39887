import type { FoundArrival, Texts } from './found.js';

/** A live word counts for so long after it was worked out, in ms. */
const liveHolds = 5 * 60_000;

/** A bus has left so long after its time, in ms. */
const gone = 30_000;

/** A live bus and one of the timetable can be the same if they are no further apart, in ms. */
const sameBus = 20 * 60_000;

/**
 * The buses that are to come, the soonest first, each once, although several feeds know of it:
 *
 * - Of two live words about the same line and destination, the one that was worked out last counts.
 * - A live bus takes the place of its run in the timetable, which gives it its scheduled time. Where it does not name
 *   its run, that is the nearest one of its line and destination; of its line alone where the two feeds call none of
 *   its destinations by the same name.
 * - What else is in the timetable stays. Only where live buses do not name their runs, it goes on behind the last of
 *   them: before that nobody could tell one from the other.
 *
 * @param now wall time in ms
 */
export function mergeBuses(feeds: readonly (readonly FoundArrival[])[], now: number): FoundArrival[] {
  const live = newestWord(
    feeds.map((buses) => buses.filter(({ basis, asOf }) => basis === 'live' && now - asOf < liveHolds)),
  );
  const scheduled = feeds.flat().filter(({ basis }) => basis === 'timetable');
  return overTimetable(live, scheduled)
    .filter(({ expected }) => expected > now - gone)
    .sort((one, other) => one.expected - other.expected || one.line.localeCompare(other.line));
}

function newestWord(feeds: readonly (readonly FoundArrival[])[]): FoundArrival[] {
  const best = new Map<string, readonly FoundArrival[]>();
  for (const [service, buses] of feeds.flatMap((arrivals) => [...byService(arrivals)])) {
    if (newest(buses) > newest(best.get(service) ?? [])) best.set(service, buses);
  }
  return [...best.values()].flat();
}

function byService(buses: readonly FoundArrival[]): Map<string, FoundArrival[]> {
  const services = new Map<string, FoundArrival[]>();
  for (const bus of buses) {
    const { ko, en, ...others } = bus.destination;
    const service = JSON.stringify([bus.line, ko ?? en ?? Object.values(others)[0]]);
    services.set(service, [...(services.get(service) ?? []), bus]);
  }
  return services;
}

function newest(buses: readonly FoundArrival[]): number {
  return Math.max(Number.NEGATIVE_INFINITY, ...buses.map(({ asOf }) => asOf));
}

function overTimetable(live: readonly FoundArrival[], scheduled: readonly FoundArrival[]): FoundArrival[] {
  const isSameService = servicesOf(live, scheduled);
  const runs = new Set(live.map(({ run }) => run));
  const unpaired = new Set(scheduled.filter(({ run }) => run === undefined || !runs.has(run)));
  const paired = [...live]
    .sort((one, other) => one.expected - other.expected)
    .map((bus) => {
      const pair = scheduled.find(({ run }) => run !== undefined && run === bus.run) ?? nearest(bus);
      if (pair) unpaired.delete(pair);
      return pair ? completed(bus, pair) : bus;
    });
  return [...paired, ...[...unpaired].filter(isBehind)];

  function nearest(bus: FoundArrival): FoundArrival | undefined {
    if (bus.run !== undefined) return undefined;
    const distance = ({ expected }: FoundArrival) => Math.abs(expected - bus.expected);
    return [...unpaired]
      .filter((other) => isSameService(bus, other) && distance(other) <= sameBus)
      .sort((one, other) => distance(one) - distance(other))[0];
  }

  function isBehind(bus: FoundArrival): boolean {
    return live.every((other) => {
      const countsHere = other.run === undefined && isSameService(other, bus);
      return !countsHere || bus.expected > other.expected;
    });
  }
}

/** Tells a line and destination of a live feed from others in the timetable, as well as their names allow. */
function servicesOf(live: readonly FoundArrival[], scheduled: readonly FoundArrival[]) {
  const named = new Set(
    live
      .filter((bus) => scheduled.some((other) => bus.line === other.line && meet(bus, other)))
      .map(({ line }) => line),
  );
  return (bus: FoundArrival, other: FoundArrival) =>
    bus.line === other.line && (!named.has(bus.line) || meet(bus, other));
}

function meet(one: FoundArrival, other: FoundArrival): boolean {
  return Object.entries(one.destination).some(([language, text]) => other.destination[language] === text);
}

function completed(bus: FoundArrival, pair: FoundArrival): FoundArrival {
  return {
    ...bus,
    destination: completedTexts(bus, pair),
    scheduled: bus.scheduled ?? pair.expected,
    route: pair.route ?? bus.route,
    lastOfDay: bus.lastOfDay || pair.lastOfDay,
  };
}

/** Other languages come from the timetable where both mean the same place. */
function completedTexts(bus: FoundArrival, pair: FoundArrival): Texts {
  const isSame = meet(bus, pair) || Object.keys(bus.destination).length === 0;
  return isSame ? { ...pair.destination, ...bus.destination } : bus.destination;
}
