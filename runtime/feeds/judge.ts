import { ShelterError } from '../../config/errors.js';
import type { FoundArrival } from './found.js';

/** What an arrival may be at most, in ms from now. */
const limits = {
  ahead: 3 * 3_600_000,
  /** Who has just left is told of for a while: no nonsense yet. */
  behind: 30 * 60_000,
  /** Clocks of upstreams may be ahead of ours by so much. */
  early: 60_000,
};

const mostStops = 500;

export interface Judged {
  arrivals: FoundArrival[];
  /** What could not be true, for a technician. */
  doubts: string[];
}

/**
 * Leaves out what cannot be true of live arrivals: in the past, hours ahead, worked out in the future. A number of
 * stops that cannot be true costs only that number.
 */
export function judgeArrivals(found: readonly FoundArrival[], now: number): Judged {
  const doubts: string[] = [];
  const arrivals = found.flatMap((arrival) => {
    const ahead = arrival.expected - now;
    const name = `Line ${arrival.line}`;
    if (!(ahead <= limits.ahead)) {
      doubts.push(`${name} is said to come in ${Math.round(ahead / 60_000)} min.`);
      return [];
    }
    if (ahead < -limits.behind) {
      doubts.push(`${name} is said to have come ${Math.round(-ahead / 60_000)} min ago.`);
      return [];
    }
    if (!(arrival.asOf <= now + limits.early)) {
      doubts.push(`${name} was worked out ${Math.round((arrival.asOf - now) / 1_000)} s in the future.`);
      return [];
    }
    const { stopsAway, ...rest } = arrival;
    const asOf = Math.min(arrival.asOf, now);
    if (stopsAway === undefined) return [{ ...rest, asOf }];
    if (Number.isInteger(stopsAway) && stopsAway >= 0 && stopsAway <= mostStops) {
      return [{ ...arrival, asOf }];
    }
    doubts.push(`${name} is said to be ${stopsAway} stops away.`);
    return [{ ...rest, asOf }];
  });
  return { arrivals, doubts };
}

/** The doubts as one problem; undefined where there are none. */
export function nonsense(doubts: readonly string[]): ShelterError | undefined {
  if (doubts.length === 0) return undefined;
  const told = doubts.slice(0, 3).join(' ');
  const rest = doubts.length > 3 ? ` And ${doubts.length - 3} more.` : '';
  return new ShelterError('FEED_NONSENSE', `${told}${rest}`);
}
