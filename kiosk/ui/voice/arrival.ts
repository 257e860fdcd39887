import { formatSecondsAgo, formatTime } from '../i18n/format.js';
import { localized } from '../i18n/languages.js';
import type { Words } from '../i18n/packs.js';
import type { ArrivalRow } from '../state/arrivals.js';

/** A bus, the way somebody at the stop would tell it to somebody who cannot see the screen. */
export function arrivalIn(row: ArrivalRow, timeZone: string, words: Words): string {
  const { line, destination } = row.arrival;
  const { say, language } = words;
  return [
    say.voice.line(line),
    say.voice.bound(localized(destination, language)),
    ...whenOf(row, timeZone, words),
    ...(row.standing === 'cancelled' ? [] : marksOf(row, words)),
    standingOf(row, words),
    ...(row.standing === 'overdue' ? [say.arrivals.tooOld] : []),
  ].join(', ');
}

function whenOf({ when }: ArrivalRow, timeZone: string, { say, language }: Words): string[] {
  switch (when.shows) {
    case 'nothing':
      return [];
    case 'time': {
      const time = formatTime(when.time, timeZone, language);
      return time === undefined ? [] : [say.voice.at(time)];
    }
    case 'minutes':
      return [when.minutes === 0 ? say.arrivals.arriving : say.voice.inMinutes(when.minutes)];
  }
}

function marksOf({ arrival }: ArrivalRow, { say: { arrivals } }: Words): string[] {
  const { status, stopsAway, crowding, lowFloor, lastOfDay, detour } = arrival;
  return [
    stopsAway === undefined ? undefined : arrivals.stopsAway(stopsAway),
    lastOfDay ? arrivals.lastBus : undefined,
    detour ? arrivals.detour : undefined,
    status === 'delayed' ? arrivals.delayed : undefined,
    lowFloor ? arrivals.lowFloor : undefined,
    crowding && arrivals.crowding[crowding],
  ].filter((mark) => mark !== undefined);
}

function standingOf({ standing, age }: ArrivalRow, { say, language }: Words): string {
  if (standing !== 'old' || age === undefined) return say.arrivals.standings[standing];
  return say.arrivals.asOf(formatSecondsAgo(age, language));
}
