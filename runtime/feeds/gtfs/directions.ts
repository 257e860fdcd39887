import type { Direction, Pattern, Timetable, Trip } from './timetable.js';

type BareTrip = Omit<Trip, 'direction'> & Pick<Direction, 'route' | 'line' | 'destination'>;

/** Puts trips of the same route to the same destination together. */
export function withDirections(trips: readonly BareTrip[]): Pick<Timetable, 'trips' | 'directions'> {
  const groups = new Map<string, BareTrip[]>();
  for (const trip of trips) {
    const name = JSON.stringify([trip.route, trip.destination]);
    const group = groups.get(name);
    if (group) group.push(trip);
    else groups.set(name, [trip]);
  }

  const directions: Direction[] = [];
  const complete = new Map<string, Trip>();
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    const { route, line, destination } = first;
    const others = directions.filter((other) => other.route === route).length;
    const id = others === 0 ? route : `${route}/${others + 1}`;
    const direction = { id, route, line, destination, pattern: mostUsed(group) ?? first.pattern };
    directions.push(direction);
    for (const { route: _route, line: _line, destination: _destination, ...trip } of group) {
      complete.set(trip.id, { ...trip, direction });
    }
  }
  return { trips: complete, directions };
}

function mostUsed(trips: readonly BareTrip[]): Pattern | undefined {
  const counts = new Map<Pattern, number>();
  for (const { pattern } of trips) counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}
