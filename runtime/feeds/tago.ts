import { z } from 'zod';
import type { TagoConfig } from '../../config/feeds.js';
import type { Clock } from '../../drivers/ports.js';
import type { Kept } from '../kept.js';
import type { TimeZone } from '../life/time-zone.js';
import { asShelterError } from '../problem.js';
import { askPortal, checkHeader } from './data-portal.js';
import type { Feed } from './feed.js';
import { type Fetch, placeOf } from './fetch.js';
import { firstSeen } from './first-seen.js';
import type { FoundArrival, FoundRoute } from './found.js';
import { judgeArrivals, nonsense } from './judge.js';
import type { Key } from './key.js';
import { listAt, numberAt, textAt } from './lenient.js';
import { busPaceBy, type Hours } from './pace.js';
import { plainName } from './texts.js';

/**
 * TAGO, the buses of most Korean cities (data.go.kr, ArvlInfoInqireService and BusRouteInfoInqireService). It tells in
 * how many seconds (`arrtime`) a bus comes, and not since when; where it goes is asked once for each route.
 */

/** How long a route is believed, and how long it may wait for the card, in ms. */
const oftenEnough = 7 * 86_400_000;
const seldom = 600_000;

/** The upstream itself works nothing out more often. */
const leastPace = 15_000;

/** Routes asked about in one round, so that a first round does not take all calls of a day. */
const routesAtOnce = 20;

const keptRoute = z.object({
  line: z.string(),
  destination: z.string(),
  stops: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Wall time in ms. */
  asked: z.number(),
});

/** Routes by their id: they change seldom, and a call is worth something. */
export const tagoRoutesSchema = z.record(z.string(), keptRoute);

export type TagoRoutes = z.output<typeof tagoRoutesSchema>;
type TagoRoute = z.output<typeof keptRoute>;

/** An arrival as TAGO has it. */
interface TagoArrival {
  route: string;
  line: string;
  seconds: number;
  stopsAway: number | undefined;
  lowFloor: boolean | undefined;
}

export interface TagoParts {
  config: TagoConfig;
  fetch: Fetch;
  key: Key;
  kept: Kept<TagoRoutes>;
  clock: Clock;
  hours: Hours;
  zone: TimeZone;
}

export function tagoFeed({ config, fetch, key, kept, clock, hours, zone }: TagoParts): Feed {
  const arrivalsUrl = `${config.url}/ArvlInfoInqireService/getSttnAcctoArvlPrearngeInfoList`;
  const routesUrl = `${config.url}/BusRouteInfoInqireService/getRouteAcctoThrghSttnList`;
  const seen = firstSeen();

  async function ask(url: string, parameters: Record<string, string>): Promise<unknown> {
    const common = { cityCode: String(config.cityCode), pageNo: '1', _type: 'json' };
    const json = await askPortal(fetch, key, { url, parameters: { ...common, ...parameters } });
    return checkHeader(json, placeOf(url)) === 'some' ? json : undefined;
  }

  async function learn(arrivals: readonly TagoArrival[]): Promise<void> {
    const lines = new Map(arrivals.map(({ route, line }) => [route, line]));
    const isOld = ([route]: [string, string]) =>
      clock.now() - (kept.value()[route]?.asked ?? Number.NEGATIVE_INFINITY) >= oftenEnough;
    for (const [route, line] of [...lines].filter(isOld).slice(0, routesAtOnce)) {
      const json = await ask(routesUrl, { routeId: route, numOfRows: '300' });
      const learnt = { ...readTagoRoute(json, config.nodeId), line, asked: clock.now() };
      void kept.put({ ...kept.value(), [route]: learnt }, seldom);
    }
  }

  function found(said: readonly TagoArrival[]): FoundArrival[] {
    const times = seen.times(
      said.map((arrival) => JSON.stringify(arrival)),
      clock.now(),
    );
    return said.map(({ route, line, seconds, stopsAway, lowFloor }, index) => {
      const asOf = times[index] ?? clock.now();
      const destination = kept.value()[route]?.destination;
      return {
        line,
        destination: destination ? { ko: destination } : {},
        route,
        expected: asOf + seconds * 1_000,
        basis: 'live',
        asOf,
        status: 'running',
        stopsAway,
        lowFloor,
      };
    });
  }

  return {
    id: 'tago',
    async ask() {
      const json = await ask(arrivalsUrl, { nodeId: config.nodeId, numOfRows: '100' });
      const { said, doubts: unread } = readTagoArrivals(json, config.nodeId);
      // A bus whose route cannot be asked about has no destination yet, and is told all the same.
      const unlearnt = await learn(said).then(
        () => undefined,
        (error) => asShelterError(error, 'FEED_NONSENSE'),
      );
      const { arrivals, doubts } = judgeArrivals(found(said), clock.now());
      return {
        findings: { arrivals, routes: routesOf(kept.value(), config.nodeId) },
        doubt: nonsense([...unread, ...doubts]) ?? unlearnt,
        mark: JSON.stringify(said),
      };
    },
    pace: busPaceBy({ hours, zone, least: leastPace }),
    hide: key.hide,
  };
}

/** What stands in an answer about a stop; nothing where it has none. */
export function readTagoArrivals(json: unknown, nodeId: string): { said: TagoArrival[]; doubts: string[] } {
  const said: TagoArrival[] = [];
  const doubts: string[] = [];
  for (const item of listAt(json, 'response', 'body', 'items', 'item')) {
    const node = textAt(item, 'nodeid');
    const route = textAt(item, 'routeid');
    const line = plainName(textAt(item, 'routeno'));
    const seconds = numberAt(item, 'arrtime');
    if (node !== undefined && node !== nodeId) doubts.push(`Asked about ${nodeId}, it tells of ${node}.`);
    else if (route === undefined || line === undefined) doubts.push('A bus has no route or no line.');
    else if (seconds === undefined || seconds < 0) doubts.push(`Line ${line} has no time (arrtime).`);
    else {
      const stopsAway = numberAt(item, 'arrprevstationcnt');
      said.push({ route, line, seconds, stopsAway, lowFloor: lowFloorBy(textAt(item, 'vehicletp')) });
    }
  }
  return { said, doubts };
}

/** The stops of a route in the direction in which it stops here; all of them where it does not tell directions. */
export function readTagoRoute(json: unknown, nodeId: string): Pick<TagoRoute, 'destination' | 'stops'> {
  const all = listAt(json, 'response', 'body', 'items', 'item')
    .map((item) => ({
      id: textAt(item, 'nodeid') ?? '',
      name: textAt(item, 'nodenm') ?? '',
      order: numberAt(item, 'nodeord') ?? 0,
      direction: numberAt(item, 'updowncd'),
    }))
    .sort((one, other) => one.order - other.order);
  const direction = all.find(({ id }) => id === nodeId)?.direction;
  const stops = all
    .filter((stop) => stop.name !== '' && (direction === undefined || stop.direction === direction))
    .map(({ id, name }) => ({ id, name }));
  return { destination: stops.at(-1)?.name ?? '', stops };
}

function routesOf(routes: TagoRoutes, nodeId: string): FoundRoute[] {
  return Object.entries(routes)
    .filter(([, { stops }]) => stops.some(({ id }) => id === nodeId))
    .map(([id, { line, destination, stops }]) => ({
      id,
      line,
      destination: { ko: destination },
      stops: stops.map(({ id, name }) => ({ name: { ko: name }, here: id === nodeId, transfers: [] })),
    }));
}

/** `저상버스` and `일반버스`; nothing is made of other words. */
function lowFloorBy(vehicle: string | undefined): boolean | undefined {
  if (vehicle?.includes('저상')) return true;
  return vehicle?.includes('일반') ? false : undefined;
}
