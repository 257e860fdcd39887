import { ShelterError, type ShelterErrorCode } from '../../config/errors.js';
import type { Cancel, Clock } from '../../drivers/ports.js';
import { createBackoff, type Random } from '../backoff.js';
import { asShelterError, type Problem, problemOf } from '../problem.js';
import type { Feed, FeedId } from './feed.js';
import type { Report } from './found.js';
import type { Told } from './merge.js';
import type { Quota } from './quota.js';

/** How a feed is: not heard yet, well, well but for some nonsense that was left out, or of no use just now. */
export type FeedCondition =
  | { state: 'starting' }
  | { state: 'ok' }
  | { state: 'doubtful' | 'failing'; problem: Problem };

/** The life of one feed: asked again and again, slower where it fails, and watched for standing still. */
export interface Poll {
  readonly feed: FeedId;
  start(): void;
  stop(): void;
  /** Undefined until it has told something. */
  told(): Told | undefined;
  condition(): FeedCondition;
}

export interface PollParts {
  feed: Feed;
  quota: Pick<Quota, 'left' | 'endsAt'>;
  clock: Clock;
  random: Random;
  /** Whether the wall time can be believed: without it no arrival means anything, and no call is spent. */
  isSynchronised: () => boolean;
  onTold(): void;
  onCondition(condition: FeedCondition, before: FeedCondition): void;
}

const growth = { base: 5_000, cap: 120_000 };
/** For what only a person can mend. */
const slowGrowth = { base: 60_000, cap: 900_000 };
const needsSomebody: readonly ShelterErrorCode[] = ['FEED_REFUSED', 'FEED_QUOTA'];
const leastWait = 1_000;
/** Upstreams do not all begin their day when we do. */
const mostQuotaWait = 3_600_000;

/** The same answer for so long, in ms, while buses are on their way, comes from something that stands still. */
const stuckAfter = 300_000;

/** A thousand shelters that got their power back at once need not ask at once for ever. */
const spread = 0.1;

export function pollFeed(parts: PollParts): Poll {
  const { feed, quota, clock, random, isSynchronised, onTold, onCondition } = parts;
  const backoff = createBackoff(growth, random);
  const slowBackoff = createBackoff(slowGrowth, random);
  let condition: FeedCondition = { state: 'starting' };
  let told: Told | undefined;
  let marked: { mark: string; since: number } | undefined;
  let stopped = false;
  let cancel: Cancel = () => {};

  async function round(): Promise<void> {
    if (!isSynchronised()) return wait(5_000);
    const next = await feed.ask().then(heard, failed);
    if (!stopped) wait(next);
  }

  function wait(ms: number): void {
    cancel = clock.after(ms, () => void round());
  }

  /** @returns how long to wait */
  function heard(report: Report): number {
    if (stopped) return 0;
    backoff.reset();
    slowBackoff.reset();
    told = { feed: feed.id, at: clock.now(), findings: report.findings };
    const doubt = report.doubt ?? stuck(report);
    become(doubt ? { state: 'doubtful', problem: problemFrom(doubt) } : { state: 'ok' });
    onTold();
    const situation = { now: clock.now(), left: quota.left(), endsAt: quota.endsAt() };
    return feed.pace(situation, report) * (1 + spread * random());
  }

  function failed(error: unknown): number {
    if (stopped) return 0;
    const known = asShelterError(error, 'FEED_NONSENSE');
    become({ state: 'failing', problem: problemFrom(known) });
    if (known.code === 'FEED_QUOTA' && quota.left() === 0) {
      return Math.min(mostQuotaWait, quota.endsAt() - clock.now() + leastWait);
    }
    const wanted = needsSomebody.includes(known.code) ? slowBackoff.next() : backoff.next();
    const fair = (quota.endsAt() - clock.now()) / Math.max(1, quota.left()) / 2;
    return Math.max(leastWait, wanted, fair);
  }

  function stuck({ mark, findings }: Report): ShelterError | undefined {
    if (mark === undefined || !findings.arrivals?.length) {
      marked = undefined;
      return undefined;
    }
    if (marked?.mark !== mark) marked = { mark, since: clock.monotonic() };
    const forLong = clock.monotonic() - marked.since;
    if (forLong < stuckAfter) return undefined;
    return new ShelterError(
      'FEED_STUCK',
      `The same answer, with buses on their way, has come for ${Math.round(forLong / 60_000)} min.`,
    );
  }

  function problemFrom(error: ShelterError): Problem {
    const before = 'problem' in condition ? condition.problem : undefined;
    const problem = problemOf(error, clock.now(), before);
    return { ...problem, message: feed.hide(problem.message) };
  }

  function become(next: FeedCondition): void {
    const before = condition;
    condition = next;
    onCondition(next, before);
  }

  return {
    feed: feed.id,
    start: () => void round(),
    stop() {
      stopped = true;
      cancel();
    },
    told: () => told,
    condition: () => condition,
  };
}
