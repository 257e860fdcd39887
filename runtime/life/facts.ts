import type { PropertyId } from '../../config/catalogue/properties.js';
import type { Basis } from '../api/life.js';
import type { Pollutant } from '../indices/air/concentration.js';
import { chroniclerOf, type Standing, voucherOf } from './standing.js';
import { type LocalTime, localTime, type TimeZone } from './time-zone.js';
import { hour, startOfHour, type Window } from './windows.js';

/** How much there is of one pollutant, and how that is known. */
export interface Concentration {
  /** In µg/m³. */
  value: number;
  basis: Basis;
  sensor: string;
  /** Readings that went into it; null where it is made of whole hours, which have enough of them. */
  count: number | null;
}

/** One clock hour of the past, in local time. */
export interface PastHour extends LocalTime {
  /** Means of what is asked for; undefined where the hour has none. */
  means: Readonly<Partial<Record<PropertyId, number | undefined>>>;
}

/** What a summary is made from. */
export interface Facts {
  /** Undefined while nobody vouches for the wall time. */
  local: LocalTime | undefined;
  /** The value that some sensor vouches for right now, in the unit of the property. */
  now(property: PropertyId): number | undefined;
  /** The mean of the last clock hour, or as near to it as can be. */
  airNow(pollutant: Pollutant): Concentration | undefined;
  /** Hourly means of the sensor that vouches for its value right now, the newest first; undefined where none does. */
  hours(property: PropertyId): { sensor: string; hours: Window['hours'] } | undefined;
  /** Hourly means of whoever has the newest. */
  longHours(property: PropertyId): Window['hours'] | undefined;
  /** The past hours, the newest first, with the means of these properties; none while the time is not known. */
  pastHours(...properties: PropertyId[]): PastHour[];
}

export interface FactsParts {
  standings: readonly Standing[];
  zone: TimeZone;
  /** Wall time in ms; undefined while nobody vouches for it. */
  time: number | undefined;
}

export function factsOf({ standings, zone, time }: FactsParts): Facts {
  const longHours = (property: PropertyId) => chroniclerOf(standings, property)?.window.hours;
  return {
    local: time === undefined ? undefined : localTime(zone, time),
    now: (property) => voucherOf(standings, property)?.vouched?.value,
    airNow: (pollutant) => airNow(voucherOf(standings, pollutant)),
    hours(property) {
      const voucher = voucherOf(standings, property);
      return voucher && { sensor: voucher.latest.stream.sensor, hours: voucher.window.hours };
    },
    longHours,
    pastHours(...properties) {
      if (time === undefined) return [];
      const columns = properties.map((property) => [property, longHours(property)] as const);
      const count = Math.max(0, ...columns.map(([, hours]) => hours?.length ?? 0));
      const until = startOfHour(time);
      return Array.from({ length: count }, (_, age) => {
        const means: Partial<Record<PropertyId, number | undefined>> = {};
        for (const [property, hours] of columns) means[property] = hours?.[age];
        return { ...localTime(zone, until - (age + 1) * hour), means };
      });
    },
  };
}

function airNow(voucher: Standing | undefined): Concentration | undefined {
  if (!voucher?.vouched) return undefined;
  const { hours, recent } = voucher.window;
  const { sensor } = voucher.latest.stream;
  const [last] = hours;
  if (last !== undefined) return { value: last, basis: 'hour', sensor, count: null };
  if (recent) return { value: recent.value, basis: 'so-far', sensor, count: recent.count };
  return { value: voucher.vouched.value, basis: 'latest', sensor, count: 1 };
}
