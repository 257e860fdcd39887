import type { Content } from '../../../runtime/api/contract.js';
import type { Arrival } from './content-message.js';

/** The buses that come, in no language yet. */
export interface ArrivalsOnBoard {
  /** `unknown`: nobody tells what comes; `none`: nothing comes, as far as is known. */
  service: 'known' | 'none' | 'unknown';
  /** The soonest first. */
  rows: readonly ArrivalRow[];
}

export interface ArrivalRow {
  /** The same for the same bus for as long as it can be told. */
  key: string;
  arrival: Arrival;
  standing: Standing;
  /** What is said of when it comes. */
  when:
    | { shows: 'minutes'; minutes: number }
    /** Wall time in ms. */
    | { shows: 'time'; time: number }
    | { shows: 'nothing' };
  /** Seconds since it was worked out; present where people must know. */
  age: number | undefined;
}

/**
 * `live`: worked out just now; `old`: a while ago; `timetable`: by the timetable alone; `overdue`: worked out so long ago
 * that it is not believed any more, without a timetable to fall back on.
 */
export type Standing = 'live' | 'old' | 'timetable' | 'overdue' | 'cancelled';

/** From this age, in ms, a row says how old it is, and from that one it is not believed. */
export const saysAge = 60_000;
export const believed = 90_000;

/** How long after its time, in ms, a bus stays on the board. */
export const lingers = 60_000;

/** Further away, in minutes, the time of day says more than a countdown. */
const countable = 90;

/**
 * @param time the shelter's wall time in ms; absent where nobody knows it: then nothing is counted down
 * @param isConfirmed false while the shelter is out of reach: what was live then is old, from the first second
 */
export function arrivalsOnBoard(
  sent: Content['arrivals'],
  time: number | undefined,
  isConfirmed = true,
): ArrivalsOnBoard {
  if (!sent) return { service: 'unknown', rows: [] };
  const rows = withKeys(sent.body.arrivals)
    .map(({ key, arrival }) => ({ key, due: dueOf(arrival, time), row: rowOf(key, arrival, time) }))
    .filter(({ due }) => time === undefined || due > time - lingers)
    .toSorted((a, b) => Number(isOverdue(a.row)) - Number(isOverdue(b.row)) || a.due - b.due)
    .map(({ row }) => (isConfirmed || row.standing !== 'live' ? row : aged(row, time)));
  return { service: rows.length > 0 ? 'known' : 'none', rows };
}

function rowOf(key: string, arrival: Arrival, time: number | undefined): ArrivalRow {
  const { standing, age } = standingOf(arrival, time);
  const row = { key, arrival, standing, age };
  const due = dueOf(arrival, time);
  if (standing === 'overdue') return { ...row, when: { shows: 'nothing' } };
  if (standing === 'timetable' || standing === 'cancelled' || time === undefined) {
    return { ...row, when: { shows: 'time', time: due } };
  }
  const minutes = Math.max(0, Math.floor((due - time) / 60_000));
  return {
    ...row,
    when: minutes > countable ? { shows: 'time', time: due } : { shows: 'minutes', minutes },
  };
}

function standingOf(
  { basis, status, scheduled, asOf }: Arrival,
  time: number | undefined,
): Pick<ArrivalRow, 'standing' | 'age'> {
  if (status === 'cancelled') return { standing: 'cancelled', age: undefined };
  if (basis === 'timetable') return { standing: 'timetable', age: undefined };
  const age = time === undefined ? Number.POSITIVE_INFINITY : Math.max(0, time - Date.parse(asOf));
  if (age < saysAge) return { standing: 'live', age: undefined };
  if (age < believed) return { standing: 'old', age: age / 1_000 };
  if (scheduled !== undefined) return { standing: 'timetable', age: undefined };
  return { standing: 'overdue', age: Number.isFinite(age) ? age / 1_000 : undefined };
}

/** The wall time, in ms, that the row goes by. */
function dueOf(arrival: Arrival, time: number | undefined): number {
  const { standing } = standingOf(arrival, time);
  const byTimetable = standing === 'timetable' || standing === 'cancelled';
  return Date.parse((byTimetable ? arrival.scheduled : undefined) ?? arrival.expected);
}

function aged(row: ArrivalRow, time: number | undefined): ArrivalRow {
  const age = time === undefined ? undefined : Math.max(0, time - Date.parse(row.arrival.asOf)) / 1_000;
  return { ...row, standing: 'old', age };
}

function isOverdue({ standing }: ArrivalRow): boolean {
  return standing === 'overdue';
}

/** The first 470 stays the first 470 while its minutes pass. */
function withKeys(arrivals: readonly Arrival[]): { key: string; arrival: Arrival }[] {
  const counts = new Map<string, number>();
  return arrivals.map((arrival) => {
    const name = [arrival.line, arrival.route ?? Object.values(arrival.destination)[0]].join(' → ');
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return { key: `${name} ${count}`, arrival };
  });
}
