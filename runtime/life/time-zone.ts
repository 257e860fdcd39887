import { readFileSync } from 'node:fs';
import { offsetIn, parseZoneFile, type ZoneFile } from './zone-file.js';

/** Tells local times of one time zone. */
export interface TimeZone {
  /** How far local time is ahead of UTC then, in ms. @param time in ms since 1970 */
  offsetAt(time: number): number;
}

export interface LocalTime {
  /** Days since 1970. */
  day: number;
  /** From 1. */
  month: number;
  /** Whole hours since midnight. */
  hour: number;
}

export function localTime(zone: TimeZone, time: number): LocalTime {
  const local = time + zone.offsetAt(time);
  const date = new Date(local);
  return { day: Math.floor(local / 86_400_000), month: date.getUTCMonth() + 1, hour: date.getUTCHours() };
}

/**
 * A time zone of the IANA database, from this machine's own copy of it where there is one: a formatter knows every zone
 * too, but takes 8 MB of memory for as long as the program runs.
 */
export function timeZone(name: string, folder = '/usr/share/zoneinfo'): TimeZone {
  const file = readZone(`${folder}/${name}`);
  let formatter: TimeZone | undefined;
  return {
    offsetAt(time) {
      const offset = file && offsetIn(file, time);
      if (offset !== undefined) return offset;
      formatter ??= formattingZone(name);
      return formatter.offsetAt(time);
    },
  };
}

function readZone(path: string): ZoneFile | undefined {
  try {
    return parseZoneFile(readFileSync(path));
  } catch {
    return undefined;
  }
}

function formattingZone(name: string): TimeZone {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: name,
    hourCycle: 'h23',
    ...{
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    },
  });
  return {
    offsetAt(time) {
      const whole = Math.floor(time / 1_000) * 1_000;
      const parts = new Map(format.formatToParts(whole).map(({ type, value }) => [type, Number(value)]));
      const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
      const local = Date.UTC(
        part('year'),
        part('month') - 1,
        part('day'),
        part('hour'),
        part('minute'),
        part('second'),
      );
      return local - whole;
    },
  };
}
