import type { Cancel, Clock } from '../../drivers/ports.js';
import { createBackoff, type Random } from '../backoff.js';
import type { Logger } from '../logger.js';
import { type Problem, problemOf } from '../problem.js';
import type { Log, Store } from '../store/port.js';
import { within } from '../waiting.js';
import type { Codec, Device } from './codecs/codec.js';
import { createLane, type Lane } from './lane.js';
import type { UplinkLink } from './link.js';
import type { UplinkTopics } from './topics.js';

export interface ForwarderParts {
  /** The name under which the store keeps the cursors. */
  uplink: string;
  store: Pick<Store, 'lease' | 'settle' | 'onCommit'>;
  link: Pick<UplinkLink, 'publish' | 'onConnected' | 'onDisconnected'>;
  codec: Codec;
  device: Device;
  topics: Pick<UplinkTopics, Log>;
  /** Most rows in one message. */
  batch: number;
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
const parts = ['link', 'readings', 'events'] as const;
type Part = (typeof parts)[number];

/** Wait, in ms, after a batch that failed while the link is up. */
const growth = { base: 1_000, cap: 60_000 };

/** Patience, in ms, with acknowledgements when stopping. */
const farewell = 2_000;

/**
 * Sends what the store commits: leases the oldest rows that are not settled, publishes them in one message, and moves
 * the cursor when the broker has acknowledged it. Whatever goes wrong in between, the cursor stays and the rows
 * are sent again: at least once, in order. Readings and events go side by side, each with one message under way.
 */
export function createForwarder({
  uplink,
  store,
  link,
  codec,
  device,
  topics,
  batch,
  clock,
  random,
  log,
}: ForwarderParts): Forwarder {
  const sent: Record<Log, number> = { readings: 0, events: 0 };
  const problems = new Map<Part, Problem>();
  const lanes = [laneOf('readings'), laneOf('events')];
  let connected = false;
  let subscriptions: Cancel[] = [];

  function laneOf(kind: Log): Lane {
    return createLane({
      step: () => forward(kind),
      clock,
      backoff: createBackoff(growth, random),
      onFailure: (error) => fail(kind, error),
    });
  }

  /** Sends the next batch of a log; false where nothing waits. */
  async function forward<L extends Log>(kind: L): Promise<boolean> {
    const { rows } = await store.lease(uplink, kind, batch);
    const last = rows.at(-1);
    if (!last) return false;
    await link.publish({ topic: topics[kind], payload: codec.encode[kind](rows, device), retain: false });
    await store.settle(uplink, kind, last.seq);
    sent[kind] += rows.length;
    problems.delete(kind);
    return true;
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
        link.onDisconnected((reason) => {
          connected = false;
          fail('link', reason);
          for (const lane of lanes) void lane.close();
        }),
        link.onConnected(() => {
          connected = true;
          problems.delete('link');
          for (const lane of lanes) lane.open();
        }),
      ];
    },
    async stop() {
      for (const cancel of subscriptions) cancel();
      const ended = Promise.all(lanes.map((lane) => lane.close()));
      await within(clock, farewell, ended, () => new Error('late')).catch(() => {});
    },
    status: () => ({
      connected,
      sent: { ...sent },
      problem: parts.map((part) => problems.get(part)).find(Boolean),
    }),
  };
}
