import { seededRandom } from '../random.js';
import { hereId, lines, type SimulatedLine } from './network.js';

/** A bus of a day of service, from its first stop to its last. */
export interface SimulatedRun {
  /** `trip_id`: the same on each day. */
  trip: string;
  line: SimulatedLine;
  lowFloor: boolean;
  /** Seconds of the day of service at each of its stops, by the timetable. */
  times: readonly number[];
}

const minute = 60;
const perStop = 130;

/** Minutes of a day in which many are on their way. */
const rushHours = [
  [420, 570],
  [1_020, 1_200],
] as const;

/** Every run of a day by the timetable; each day is alike. */
export const runs: readonly SimulatedRun[] = lines.flatMap(runsOf);

function runsOf(line: SimulatedLine): SimulatedRun[] {
  const made: SimulatedRun[] = [];
  for (let start = line.first; start <= line.last; start += isRush(start) ? line.rush : line.calm) {
    const number = made.length + 1;
    made.push({
      trip: `${line.id}-${number}`,
      line,
      lowFloor: line.highFloorEvery === 0 || number % line.highFloorEvery !== 0,
      times: line.stops.map((_, index) => start * minute + index * perStop),
    });
  }
  return made;
}

export function isRush(minutes: number): boolean {
  return rushHours.some(([from, to]) => minutes >= from && minutes < to);
}

/** Where it stops here. */
export function placeHere({ line }: SimulatedRun): number {
  return line.stops.indexOf(hereId);
}

/** How late it is on a day, in s: most are a little, some much, a few early. */
export function delayOf({ trip }: SimulatedRun, day: number): number {
  const random = seededRandom(day * 7_919 + hash(trip));
  const chance = random();
  if (chance < 0.15) return -Math.round(random() * 50);
  if (chance > 0.92) return Math.round(300 + random() * 240);
  return Math.round(random() * 180);
}

/** One run in two dozen does not take place. */
export function isCancelled({ trip }: SimulatedRun, day: number): boolean {
  return hash(`${trip} ${day}`) % 24 === 7;
}

/** From 0, empty, to 5, full, as GTFS-realtime counts. */
export function occupancyOf({ trip, times }: SimulatedRun, day: number): number {
  const most = isRush((times[0] ?? 0) / minute) ? 6 : 4;
  return hash(`${day} ${trip}`) % most;
}

function hash(text: string): number {
  let value = 2_166_136_261;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return value;
}
