import type { FeedsConfig } from '../../config/feeds.js';
import type { Content } from '../api/content.js';
import type { CityContent, Sent } from '../downlink/content/shown.js';
import { isoTime } from '../view.js';
import { mergeBuses } from './buses.js';
import type { FeedId } from './feed.js';
import type { Findings, FoundArrival, FoundRoute } from './found.js';
import { plainName, plainTexts } from './texts.js';

/** What a feed has told last. */
export interface Told {
  feed: FeedId;
  /** When, as wall time in ms. */
  at: number;
  findings: Findings;
}

const minute = 60_000;
const hour = 60 * minute;

/** How long a word of a feed counts after it was told, in ms. */
const holds = { arrivals: 5 * minute, routes: 26 * hour, notices: hour };

/** Official air counts for so long after the hour that it is about, in ms. */
const airHolds = 6 * hour;

/** What the contract allows. */
const most = { arrivals: 50, routes: 50, stops: 150, transfers: 40, notices: 500 };

/**
 * Which word counts where several tell of the same kind. Emergency messages are the city's alone. What the city has
 * signed, and what has not expired, wins over the feeds, unless the site prefers the feeds for that kind; then the city
 * stands in where no feed tells anything, as does what it has not signed. Among feeds, buses are merged one by one (see
 * `mergeBuses`). Official air stays what a station said, and is never mixed with what is measured here.
 *
 * @param now wall time in ms
 */
export function mergeContent(
  city: CityContent,
  told: readonly Told[],
  prefer: FeedsConfig['prefer'],
  now: number,
): Content {
  const routes = choose(prefer.routes, ofCity(city.routes), feedRoutes(told, now));
  const known = new Set(routes?.body.routes.map(({ id }) => id));
  return {
    arrivals: choose(prefer.arrivals, ofCity(datedArrivals(city.arrivals)), feedArrivals(told, known, now)),
    routes,
    notices: choose(prefer.notices, ofCity(city.notices), feedNotices(told, now)),
    air: choose(prefer.air, ofCity(city.air), feedAir(told, now)),
    emergency: ofCity(city.emergency),
  };
}

function choose<Shown extends { signedBy: string | null }>(
  preferred: 'city' | 'feeds',
  city: Shown | null,
  feeds: Shown | null,
): Shown | null {
  return preferred === 'city' && city?.signedBy ? city : (feeds ?? city);
}

function ofCity<Body>(sent: Sent<Body> | null) {
  return sent && { ...sent, sources: ['city'] };
}

/** What was worked out at no other time was worked out when it was sent. */
function datedArrivals(sent: CityContent['arrivals']) {
  if (!sent) return null;
  const arrivals = sent.body.arrivals.map((arrival) => ({ ...arrival, asOf: arrival.asOf ?? sent.issued }));
  return { ...sent, body: { arrivals } };
}

/** What feeds told of one kind, while it counts. */
function telling(told: readonly Told[], kind: keyof typeof holds, now: number): readonly Told[] {
  return told.filter(({ at, findings }) => findings[kind] !== undefined && now - at < holds[kind]);
}

function ofFeeds<Body>(told: readonly Told[], expires: (issued: number) => number, body: Body) {
  const issued = Math.max(...told.map(({ at }) => at));
  return {
    issued: isoTime(issued),
    expires: isoTime(expires(issued)),
    signedBy: null,
    sources: told.map(({ feed }) => feed as string),
    body,
  };
}

function feedArrivals(told: readonly Told[], known: ReadonlySet<string>, now: number): Content['arrivals'] {
  const speakers = telling(told, 'arrivals', now);
  if (speakers.length === 0) return null;
  const buses = mergeBuses(
    speakers.map(({ findings }) => findings.arrivals ?? []),
    now,
  );
  const arrivals = buses.flatMap((bus) => viewArrival(bus, known)).slice(0, most.arrivals);
  return ofFeeds(speakers, (issued) => issued + holds.arrivals, { arrivals });
}

type ShownArrivals = NonNullable<Content['arrivals']>['body']['arrivals'];

/** None where it has no line or no destination that could be shown. @param known ids of the routes that are shown */
function viewArrival(bus: FoundArrival, known: ReadonlySet<string>): ShownArrivals {
  const { basis, status, stopsAway, crowding, lowFloor, lastOfDay = false, detour = false } = bus;
  const line = plainName(bus.line);
  const destination = plainTexts(bus.destination, 80);
  const route = plainName(bus.route);
  if (line === undefined || destination === undefined) return [];
  return [
    {
      line,
      destination,
      ...(route !== undefined && known.has(route) && { route }),
      expected: isoTime(bus.expected),
      ...(bus.scheduled !== undefined && { scheduled: isoTime(bus.scheduled) }),
      basis,
      asOf: isoTime(bus.asOf),
      status,
      ...(stopsAway !== undefined && { stopsAway }),
      ...(crowding !== undefined && { crowding }),
      ...(lowFloor !== undefined && { lowFloor }),
      lastOfDay,
      detour,
    },
  ];
}

/** Routes have ids of their feed's own, so those of one feed stand alone: of the first that knows any. */
function feedRoutes(told: readonly Told[], now: number): Content['routes'] {
  const speakers = telling(told, 'routes', now);
  const speaker = speakers.find(({ findings }) => findings.routes?.length) ?? speakers[0];
  if (!speaker) return null;
  const routes = viewRoutes(speaker.findings.routes ?? []);
  return ofFeeds([speaker], (issued) => issued + holds.routes, { routes });
}

type ShownRoutes = NonNullable<Content['routes']>['body']['routes'];

/** Routes are most of the work and seldom change: a feed that has no new ones gives the same list again. */
const viewedRoutes = new WeakMap<readonly FoundRoute[], ShownRoutes>();

function viewRoutes(found: readonly FoundRoute[]): ShownRoutes {
  const viewed = viewedRoutes.get(found) ?? found.flatMap(viewRoute).slice(0, most.routes);
  viewedRoutes.set(found, viewed);
  return viewed;
}

function viewRoute({ firstBus, lastBus, ...route }: FoundRoute): ShownRoutes {
  const id = plainName(route.id);
  const line = plainName(route.line);
  const destination = plainTexts(route.destination, 80);
  if (id === undefined || line === undefined || destination === undefined) return [];
  const stops = route.stops.flatMap(({ name, here, transfers }) => {
    const shown = plainTexts(name, 80);
    const lines = transfers.flatMap((line) => plainName(line) ?? []).slice(0, most.transfers);
    return shown ? [{ name: shown, here, transfers: lines }] : [];
  });
  return [
    {
      id,
      line,
      destination,
      stops: stops.slice(0, most.stops),
      ...(firstBus !== undefined && { firstBus: isoTime(firstBus) }),
      ...(lastBus !== undefined && { lastBus: isoTime(lastBus) }),
    },
  ];
}

function feedNotices(told: readonly Told[], now: number): Content['notices'] {
  const speakers = telling(told, 'notices', now);
  if (speakers.length === 0) return null;
  const notices = speakers
    .flatMap(({ findings }) => findings.notices ?? [])
    .flatMap(({ id, severity, title, text }) => {
      const name = plainName(id);
      const shownTitle = plainTexts(title, 120);
      const shownText = text && plainTexts(text, 1_000);
      if (name === undefined || !shownTitle) return [];
      return [{ id: name, severity, title: shownTitle, ...(shownText && { text: shownText }) }];
    });
  return ofFeeds(speakers, (issued) => issued + holds.notices, { notices: notices.slice(0, most.notices) });
}

function feedAir(told: readonly Told[], now: number): Content['air'] {
  const speaker = told.find(({ findings }) => findings.air);
  const air = speaker?.findings.air;
  const station = air && plainTexts(air.station, 120);
  const source = air && plainTexts(air.source, 120);
  if (!speaker || !air || !station || !source) return null;
  const values = air.values.filter(({ time }) => now - time < airHolds);
  const isOver = values.length < air.values.length || now - speaker.at >= airHolds;
  if (isOver && values.length === 0) return null;
  const newest = Math.max(speaker.at - hour, ...values.map(({ time }) => time));
  return ofFeeds([speaker], () => newest + airHolds, {
    station,
    source,
    values: values.map(({ time, ...value }) => ({ ...value, time: isoTime(time) })),
    absent: [...air.absent],
  });
}
