import type { TimeZone } from '../life/time-zone.js';
import type { FoundArrival, Report } from './found.js';

/** When a feed is asked again. Everything in ms; `left` counts calls. */

const minute = 60_000;
const hour = 60 * minute;
const wholeDay = 24 * hour;

/** The hours in which buses run, from midnight; `to` is before `from` where it is of the next day. */
export interface Hours {
  from: number;
  to: number;
}

/** @param text as `04:30` */
export function sinceMidnight(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * hour + minutes * minute;
}

/** What a pace is chosen by. */
export interface Situation {
  /** Wall time. */
  now: number;
  /** Calls that are left of this day. */
  left: number;
  /** Wall time at which the next day of calls begins. */
  endsAt: number;
}

export interface BusSituation extends Situation {
  /** Wall time at which the soonest live bus comes; undefined where there is none. */
  soonest: number | undefined;
  hours: Hours;
  zone: TimeZone;
  /** Never sooner than this. */
  least: number;
}

/** What people at the stop would like, by how soon the next bus comes. */
const wishes = [
  { within: 3 * minute, every: 20_000, share: 0.5 },
  { within: 10 * minute, every: 30_000, share: 0.8 },
  { within: Number.POSITIVE_INFINITY, every: minute, share: 1.5 },
] as const;

const noBus = { every: 2 * minute, share: 2 };
const noService = { every: 15 * minute, share: 0.5 };

/** The last calls of a day are spread evenly: taken thicker, they would be gone hours before the last bus. */
const reserve = 10;

/**
 * As often as is wished, but never so often that the calls of the day end before its service does: what is left is
 * spread over the hours of service that are left, thicker when a bus is near and thinner when none is.
 */
export function busPace(situation: BusSituation): number {
  const { now, left, endsAt, hours, zone, least } = situation;
  const { every, share } = wishIn(situation);
  const fair = serviceBetween(now, endsAt, hours, zone) / Math.max(1, left);
  return Math.max(least, every, fair * (left > reserve ? share : Math.max(1, share)));
}

/** The same, by the buses that a report tells of. */
export function busPaceBy(service: Pick<BusSituation, 'hours' | 'zone' | 'least'>) {
  return (situation: Situation, { findings }: Report): number =>
    busPace({ ...situation, ...service, soonest: soonestOf(findings.arrivals, situation.now) });
}

function wishIn({ now, soonest, hours, zone }: BusSituation): { every: number; share: number } {
  if (soonest === undefined) return inService(now, hours, zone) ? noBus : noService;
  return wishes.find(({ within }) => soonest - now <= within) ?? noBus;
}

/** The same at all hours of service, where calls are left for that; seldom at other times. */
export function steadyPace(situation: Omit<BusSituation, 'least'>, every: number): number {
  const { now, soonest, left, endsAt, hours, zone } = situation;
  const fair = serviceBetween(now, endsAt, hours, zone) / Math.max(1, left);
  const isQuiet = soonest === undefined && !inService(now, hours, zone);
  return Math.max(isQuiet ? noService.every : every, fair);
}

/** When the first bus comes that is on its way. */
export function soonestOf(arrivals: readonly FoundArrival[] = [], now: number): number | undefined {
  const times = arrivals
    .filter(({ status, expected }) => status !== 'cancelled' && expected > now)
    .map(({ expected }) => expected);
  return times.length > 0 ? Math.min(...times) : undefined;
}

/** How long official air waits: a value is made for each hour, and comes some minutes after it. */
const airComes = 12 * minute;
const airLate = 10 * minute;

/** @param newest wall time of the newest value; undefined where there is none */
export function airPace({ now, left, endsAt, newest }: Situation & { newest: number | undefined }): number {
  const fair = (endsAt - now) / Math.max(1, left) / 2;
  const next = newest === undefined ? 0 : newest + hour + airComes - now;
  return Math.max(next, airLate, fair);
}

function inService(time: number, { from, to }: Hours, zone: TimeZone): boolean {
  const local = (time + zone.offsetAt(time)) % wholeDay;
  return from < to ? local >= from && local < to : local >= from || local < to;
}

/** How much of a span is service, to a quarter of an hour; at least one such quarter. */
function serviceBetween(start: number, end: number, hours: Hours, zone: TimeZone): number {
  const step = 15 * minute;
  let service = step;
  for (let time = start; time < end; time += step) if (inService(time, hours, zone)) service += step;
  return service;
}
