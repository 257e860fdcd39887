import type { Content } from '../../../runtime/api/contract.js';
import type { Route } from './content-message.js';
import type { WantedRoute } from './visit.js';

/** The way of a line, as far as it is known. */
export interface RouteOnScreen {
  route: Route;
  /** Before this stop; none where nobody says which one it is. */
  before: readonly RouteStop[];
  here: RouteStop | undefined;
  /** From here on, or all of them. */
  ahead: readonly RouteStop[];
  /** Wall time, in ms, as of which it is known. */
  asOf: number;
}

export type RouteStop = Route['stops'][number];

/** Undefined where the way of that line is not known. */
export function routeOnScreen(
  sent: Content['routes'],
  wanted: WantedRoute | undefined,
): RouteOnScreen | undefined {
  const route = sent && wanted && find(sent.body.routes, wanted);
  if (!route) return undefined;
  const { stops } = route;
  const place = stops.findIndex(({ here }) => here);
  return {
    route,
    before: stops.slice(0, Math.max(0, place)),
    here: stops[place],
    ahead: stops.slice(place + 1),
    asOf: Date.parse(sent.issued),
  };
}

/** A line goes both ways, so its name alone tells only where it has one way that is known. */
function find(routes: readonly Route[], { line, destination, route: id }: WantedRoute): Route | undefined {
  const sameLine = routes.filter((route) => route.line === line);
  return (
    routes.find((route) => id !== undefined && route.id === id) ??
    sameLine.find((route) => goesTo(route, destination)) ??
    (sameLine.length === 1 ? sameLine[0] : undefined)
  );
}

function goesTo(route: Route, destination: WantedRoute['destination']): boolean {
  return Object.entries(destination).some(([language, name]) => route.destination[language] === name);
}
