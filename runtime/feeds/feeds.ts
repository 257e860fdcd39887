import type { Site } from '../../config/site.js';
import type { Cancel, Clock } from '../../drivers/ports.js';
import type { Content } from '../api/content.js';
import type { FeedNow } from '../api/contract.js';
import type { Random } from '../backoff.js';
import { type Disk, machineDisk } from '../disk.js';
import type { CityContent } from '../downlink/content/shown.js';
import { timeZone } from '../life/time-zone.js';
import type { Logger } from '../logger.js';
import { asShelterError } from '../problem.js';
import type { ShelterEvent } from '../reading.js';
import { isoTime, viewProblem } from '../view.js';
import type { FeedId } from './feed.js';
import type { Fetch } from './fetch.js';
import { httpFetch } from './http-fetch.js';
import { mergeContent } from './merge.js';
import type { OpenFeed, OpenFeeds } from './open.js';
import { type FeedCondition, type Poll, pollFeed } from './poll.js';

/** All that the screen shows and that was not sensed here: what feeds tell, joined with what the city has sent. */
export interface Feeds {
  content(): Content;
  /** Looks whether something else is to be shown now, as when the city has sent something. */
  look(): void;
  status(): FeedNow[];
  start(): Promise<void>;
  /** Stops asking, and writes what waits to be kept. */
  stop(): Promise<void>;
}

export interface FeedsParts {
  site: Site;
  /** What the city has sent. */
  city: () => CityContent;
  /** Where what must outlive the program is kept. */
  folder: string;
  disk?: Disk;
  /** By default this machine's. */
  fetch?: Fetch;
  clock: Clock;
  random: Random;
  isSynchronised: () => boolean;
  log: Logger;
  onEvent(event: ShelterEvent): void;
  /** Something else is to be shown now. */
  onContent(content: Content): void;
}

/** How often it is looked for buses that have left, in ms. */
const period = 5_000;

const cityFirst = { arrivals: 'city', routes: 'city', notices: 'city', air: 'city' } as const;

export function createFeeds(parts: FeedsParts): Feeds {
  const { site, city, clock, log, isSynchronised } = parts;
  const prefer = site.feeds?.prefer ?? cityFirst;
  let open: OpenFeeds | undefined;
  let polls: readonly (OpenFeed & { poll: Poll })[] = [];
  let shown = JSON.stringify(content());
  let cancel: Cancel = () => {};
  let stopped = false;

  function content(): Content {
    const told = isSynchronised() ? polls.flatMap(({ poll }) => poll.told() ?? []) : [];
    return mergeContent(city(), told, prefer, clock.now());
  }

  function look(): void {
    const next = content();
    const text = JSON.stringify(next);
    if (text === shown) return;
    shown = text;
    parts.onContent(next);
  }

  function lookOn(): void {
    look();
    cancel = clock.after(period, lookOn);
  }

  function tell(feed: FeedId, condition: FeedCondition, before: FeedCondition): void {
    if (isSame(condition, before)) return;
    if ('problem' in condition) {
      const { code, message, hint } = condition.problem;
      log.warn({ feed, code, hint }, `${feed}: ${message}`);
      event(`feed.${condition.state}`, feed, { code, message: message.slice(0, 500) });
    } else if ('problem' in before) {
      log.info({ feed }, `${feed} is well again`);
      event('feed.recovered', feed, {});
    } else {
      log.info({ feed }, `${feed} is there`);
    }
  }

  function event(kind: string, source: FeedId, detail: ShelterEvent['detail']): void {
    parts.onEvent({ kind, source, time: clock.now(), monotonic: clock.monotonic(), detail });
  }

  function warn(error: unknown): void {
    const { code, message, hint } = asShelterError(error, 'FEED_UNKEPT');
    log.warn({ code, hint }, message);
  }

  return {
    content,
    look,
    status: () => polls.map(viewFeed),
    async start() {
      if (!site.feeds) return;
      const { openFeeds } = await import('./open.js');
      open = await openFeeds({
        config: site.feeds,
        zone: timeZone(site.timeZone),
        language: site.languages[0] ?? 'en',
        folder: parts.folder,
        disk: parts.disk ?? machineDisk,
        fetch: parts.fetch ?? httpFetch(clock),
        clock,
        onLost: warn,
      });
      if (stopped) return;
      polls = open.feeds.map((each) => ({
        ...each,
        poll: pollFeed({
          ...each,
          clock,
          random: parts.random,
          isSynchronised,
          onTold: look,
          onCondition: (condition, before) => tell(each.feed.id, condition, before),
        }),
      }));
      for (const { poll } of polls) poll.start();
      lookOn();
    },
    async stop() {
      stopped = true;
      cancel();
      for (const { poll } of polls) poll.stop();
      await open?.flush();
    },
  };
}

/** The same problem again need not be told again. */
function isSame(one: FeedCondition, other: FeedCondition): boolean {
  const code = (condition: FeedCondition) => ('problem' in condition ? condition.problem.code : undefined);
  return one.state === other.state && code(one) === code(other);
}

function viewFeed({ feed, quota, most, poll }: OpenFeed & { poll: Poll }): FeedNow {
  const condition = poll.condition();
  const at = poll.told()?.at;
  return {
    feed: feed.id,
    state: condition.state,
    told: at === undefined ? null : isoTime(at),
    calls: quota.spent(),
    quota: most ?? null,
    problem: 'problem' in condition ? viewProblem(condition.problem) : null,
  };
}
