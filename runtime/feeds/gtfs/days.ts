import type { TimeZone } from '../../life/time-zone.js';

/** Days of service, as days since 1970, and times on them, which go on beyond 24:00. */

const wholeDay = 86_400_000;
const noon = 12 * 3_600_000;

/** On which days something runs. */
export interface Service {
  /** From Monday on. */
  weekdays: readonly boolean[];
  /** The first and the last day. */
  from: number;
  to: number;
  added: ReadonlySet<number>;
  removed: ReadonlySet<number>;
}

export function runsOn({ weekdays, from, to, added, removed }: Service, day: number): boolean {
  if (removed.has(day)) return false;
  if (added.has(day)) return true;
  // 1970 began on a Thursday.
  return day >= from && day <= to && weekdays[(((day + 3) % 7) + 7) % 7] === true;
}

/** `20260131`; undefined where it is no day. */
export function readDay(text: string): number | undefined {
  const found = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (!found) return undefined;
  const [year = 0, month = 0, date = 0] = found.slice(1).map(Number);
  const time = new Date(Date.UTC(year, month - 1, date));
  const isReal = time.getUTCMonth() === month - 1 && time.getUTCDate() === date;
  return isReal ? time.getTime() / wholeDay : undefined;
}

/** `25:10:00` in seconds; undefined where it is no time. */
export function readTime(text: string): number | undefined {
  const found = /^(\d{1,3}):(\d{2}):(\d{2})$/.exec(text);
  if (!found) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = found.slice(1).map(Number);
  return minutes < 60 && seconds < 60 ? hours * 3_600 + minutes * 60 + seconds : undefined;
}

/**
 * The wall time of a time on a day of service. It counts from noon less 12 hours, which is midnight but on the two days
 * of the year on which the clocks change: then all but the first hours keep the times that stand in the timetable.
 */
export function timeOn(day: number, seconds: number, zone: TimeZone): number {
  const localNoon = day * wholeDay + noon;
  const guess = localNoon - zone.offsetAt(localNoon);
  const trueNoon = localNoon - zone.offsetAt(guess);
  return trueNoon - noon + seconds * 1_000;
}

/** The day of the calendar in that zone. */
export function dayAt(time: number, zone: TimeZone): number {
  return Math.floor((time + zone.offsetAt(time)) / wholeDay);
}
