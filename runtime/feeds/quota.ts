import { z } from 'zod';
import { ShelterError } from '../../config/errors.js';
import type { Clock } from '../../drivers/ports.js';
import type { Kept } from '../kept.js';
import type { TimeZone } from '../life/time-zone.js';
import type { Fetch } from './fetch.js';

/** Calls of a day, by feed: what outlives a restart. */
export const spentSchema = z.record(z.string(), z.object({ day: z.int(), calls: z.int().min(0) }));

export type Spent = z.output<typeof spentSchema>;

/** What a feed may ask in a day. */
export interface Quota {
  /** Counts a call. Throws FEED_QUOTA where none is left. */
  take(): void;
  /** Calls of this day so far. */
  spent(): number;
  /** Calls that are left of this day. */
  left(): number;
  /** Wall time in ms at which the next day begins. */
  endsAt(): number;
}

export interface QuotaParts {
  feed: string;
  /** Calls a day; absent where there is no limit. */
  most: number | undefined;
  kept: Kept<Spent>;
  clock: Clock;
  /** Whose days count. */
  zone: TimeZone;
}

const wholeDay = 86_400_000;

/** Spares the card a write for every call; what a power cut takes are a few calls. */
const seldom = 60_000;

export function createQuota({ feed, most = Number.POSITIVE_INFINITY, kept, clock, zone }: QuotaParts): Quota {
  function today(): number {
    return Math.floor((clock.now() + zone.offsetAt(clock.now())) / wholeDay);
  }

  function spent(): number {
    const before = kept.value()[feed];
    // A clock that goes back over midnight brings no calls back; one that was days ahead holds nothing up for days.
    const counts = before && (before.day === today() || before.day === today() + 1);
    return counts ? before.calls : 0;
  }

  return {
    take() {
      const calls = spent();
      if (calls >= most) throw new ShelterError('FEED_QUOTA', `All ${most} calls of this day are used up.`);
      void kept.put({ ...kept.value(), [feed]: { day: today(), calls: calls + 1 } }, seldom);
    },
    spent,
    left: () => Math.max(0, most - spent()),
    endsAt() {
      const midnight = (today() + 1) * wholeDay;
      return midnight - zone.offsetAt(midnight - zone.offsetAt(clock.now()));
    },
  };
}

/** The same way to the network, on which every call is counted before it is made. */
export function countCalls(fetch: Fetch, quota: Pick<Quota, 'take'>): Fetch {
  return async (question) => {
    quota.take();
    return fetch(question);
  };
}
