import type { ShelterError } from '../../config/errors.js';
import type { Cancel, Clock } from '../../drivers/ports.js';
import { createBackoff, type Random } from '../backoff.js';
import type { Logger } from '../logger.js';
import { type Problem, problemOf } from '../problem.js';
import type { ShelterEvent } from '../reading.js';
import { everything, type Log, type Logs, type Span, type Store, type StoreStatus } from '../store/port.js';
import { within } from '../waiting.js';
import { createBreadth } from './breadth.js';
import { createDelivery, type Delivery } from './delivery.js';
import { type Lane, openLane } from './lane.js';
import type { Session, UplinkLink } from './link.js';
import type { Message } from './message.js';
import { createPace, type Pace, unhurried } from './pace.js';
import { readAhead } from './read-ahead.js';
import { createSettling, type Settling } from './settling.js';
import { createSizing, type Sizing } from './sizing.js';

export interface ForwarderParts {
  /** The name under which the store keeps the cursors. */
  uplink: string;
  store: Pick<Store, 'lease' | 'settle' | 'quarantine' | 'onCommit'> & {
    status(): Promise<Pick<StoreStatus, 'last'>>;
  };
  link: Pick<UplinkLink, 'onConnected' | 'onDisconnected'>;
  /** Most rows in one message. */
  batch: number;
  /** Most rows of an outage sent per second. */
  backlogRate: number;
  /** Takes what happened, for the record. */
  onEvent(event: ShelterEvent): void;
  /** Told of events that the broker has acknowledged, some of them more than once. */
  onEventsSent?(events: readonly ShelterEvent[]): void;
  clock: Clock;
  random: Random;
  log: Logger;
}

export interface Forwarder {
  start(): void;
  /** Starts no further message, and waits a moment for the acknowledgement of those under way. */
  stop(): Promise<void>;
  status(): ForwarderStatus;
}

export interface ForwarderStatus {
  connected: boolean;
  /** Rows acknowledged since the start. */
  sent: Record<Log, number>;
  problem: Problem | undefined;
}

/** What can have a problem of its own. */
const parts = ['link', 'events', 'live readings', 'backlog'] as const;
type Part = (typeof parts)[number];

/** Wait, in ms, after a batch that failed while the link is up. */
const growth = { base: 1_000, cap: 60_000 };

/** Patience, in ms, with acknowledgements when stopping. */
const farewell = 2_000;

/** Places under way that a backlog leaves to what is new. */
const reserve = 3;

/** Rows of a backlog under way, at most: they stay in memory until they are acknowledged. */
const mostUnderWay = 5_000;

/** Tells of a row that was set aside. */
const quarantined = 'uplink.quarantined';

/** How the rows of a log are brought to the broker; learned over all connections. */
interface Route<L extends Log> {
  log: L;
  sizing: Sizing;
  delivery: Delivery<Logs[L]>;
  settling: Settling;
}

/** A part of a log that is sent in order. */
interface Flow<L extends Log> {
  part: Part;
  route: Route<L>;
  span(): Promise<Span>;
  say(rows: readonly Logs[L][]): Message[];
  /** The broker has acknowledged all that was said of them. */
  onSaid?(rows: readonly Logs[L][]): void;
  pace: Pace;
  /** Most batches under way. */
  breadth: number;
}

/**
 * Sends what the store commits: leases rows, publishes them, and settles them when the broker has acknowledged them.
 * Whatever goes wrong in between, the rows are sent again: at least once.
 *
 * Three flows go side by side: events; readings since the connection, preceded by the newest of before; and the
 * backlog of an outage, oldest first, at a limited rate and with fewer messages under way than the broker takes, so
 * that what is new never waits for what is old.
 *
 * While the clock has not been synchronised the store gives nothing for a while, and then rows that are sent without a
 * time. Those are not sent again when they have got theirs, as a name means one row for ever and whoever has it would
 * take a second one for a repetition: the event `store.restamped` tells which they were, and the city has them sent anew
 * where it wants them (the command `resend`).
 */
export function createForwarder(forwarder: ForwarderParts): Forwarder {
  const { uplink, store, link, batch, backlogRate, onEvent, clock, random, log } = forwarder;
  const sent: Record<Log, number> = { readings: 0, events: 0 };
  const problems = new Map<Part, Problem>();
  const routes = { readings: routeOf('readings'), events: routeOf('events') };
  const backlogPace = createPace(backlogRate, clock);
  let lanes: Lane[] = [];
  let session: Session | undefined;
  let subscriptions: Cancel[] = [];

  function routeOf<L extends Log>(name: L): Route<L> {
    const sizing = createSizing(batch, clock);
    const settling = createSettling((span) => store.settle(uplink, name, span), clock);
    const delivery = createDelivery<Logs[L]>({
      sizing,
      clock,
      settle: settling.settle,
      quarantine: (row, reason) => setAside(name, row, reason),
    });
    return { log: name, sizing, delivery, settling };
  }

  /** Opens the lanes of a connection. */
  function begin(next: Session): void {
    session = next;
    problems.clear();
    const { dialogue, width } = next;
    /** The last reading that counts as backlog. */
    const turn = memo(async () => Math.max(0, (await store.status()).last.readings - batch));
    lanes = [
      laneOf(next, {
        part: 'events',
        route: routes.events,
        span: async () => everything,
        say: (rows) => dialogue.events(rows),
        onSaid: (rows) => forwarder.onEventsSent?.(rows),
        pace: unhurried,
        breadth: 1,
      }),
      laneOf(next, {
        part: 'live readings',
        route: routes.readings,
        span: async () => ({ ...everything, first: (await turn()) + 1 }),
        say: (rows) => dialogue.readings(rows, 'live'),
        pace: unhurried,
        breadth: 1,
      }),
      laneOf(next, {
        part: 'backlog',
        route: routes.readings,
        span: async () => ({ ...everything, last: await turn() }),
        say: (rows) => dialogue.readings(rows, 'backlog'),
        pace: backlogPace,
        breadth: Math.max(1, Math.min(width - reserve, Math.floor(mostUnderWay / batch))),
      }),
    ];
  }

  function laneOf<L extends Log>({ publish }: Session, flow: Flow<L>): Lane {
    const { part, route, pace } = flow;
    const breadth = createBreadth(flow.breadth);
    const rows = readAhead<Logs[L]>(async (most, span) => {
      const lease = await store.lease(uplink, route.log, most, span);
      return lease.rows;
    });

    async function say(rows: readonly Logs[L][]): Promise<void> {
      const left = clock.monotonic();
      await Promise.all(flow.say(rows).map(publish));
      breadth.acknowledged(clock.monotonic() - left);
      sent[route.log] += rows.length;
      problems.delete(part);
      flow.onSaid?.(rows);
    }

    return openLane({
      async take() {
        const piece = await rows.take(route.sizing.rows(), await flow.span());
        if (piece.length === 0) {
          problems.delete(part);
          return undefined;
        }
        pace.spend(piece.length);
        return () => route.delivery.deliver(piece, say);
      },
      rewind: rows.rewind,
      finish: route.settling.finish,
      breadth: breadth.now,
      pace,
      clock,
      backoff: createBackoff(growth, random),
      onFailure: (error) => fail(part, error),
    });
  }

  async function setAside<L extends Log>(
    name: L,
    row: Logs[L],
    { code, message }: ShelterError,
  ): Promise<void> {
    const time = clock.now();
    const isNew = await store.quarantine(uplink, name, row.seq, { code, reason: message, time });
    for (const lane of lanes) lane.retry();
    if (!isNew) return;
    log.warn({ code, log: name, seq: row.seq }, `A row was set aside: ${message}`);
    // Telling of those too would go on for ever where the broker takes no such event.
    if ('kind' in row && row.kind === quarantined) return;
    const detail = { log: name, seq: row.seq, code, reason: message };
    onEvent({ kind: quarantined, source: 'uplink', time, monotonic: clock.monotonic(), detail });
  }

  function end(reason: ShelterError): void {
    session = undefined;
    fail('link', reason);
    for (const lane of lanes) void lane.close();
    lanes = [];
  }

  function fail(part: Part, error: unknown): void {
    const before = problems.get(part);
    const problem = problemOf(error, clock.now(), before, 'UPLINK_REJECTED');
    const { code, message, hint } = problem;
    problems.set(part, problem);
    if (code !== before?.code && code !== 'UPLINK_UNREACHABLE') log.warn({ code, hint, part }, message);
  }

  return {
    start() {
      subscriptions = [
        store.onCommit(() => {
          for (const lane of lanes) lane.wake();
        }),
        link.onDisconnected(end),
        link.onConnected(begin),
      ];
    },
    async stop() {
      for (const cancel of subscriptions) cancel();
      session = undefined;
      const ended = Promise.all(lanes.map((lane) => lane.close()));
      await within(clock, farewell, ended, () => new Error('late')).catch(() => {});
    },
    status: () => ({
      connected: session !== undefined,
      sent: { ...sent },
      problem: parts.map((part) => problems.get(part)).find(Boolean),
    }),
  };
}

/** Asks once; again only where that failed. */
function memo<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask().catch((error) => {
      answer = undefined;
      throw error;
    });
    return answer;
  };
}
