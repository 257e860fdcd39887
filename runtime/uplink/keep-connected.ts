import { ShelterError } from '../../config/errors.js';
import type { Clock } from '../../drivers/ports.js';
import type { Backoff } from '../backoff.js';
import type { Logger } from '../logger.js';
import { asShelterError, messageOf } from '../problem.js';
import { listeners, within } from '../waiting.js';
import type { Dialogue } from './codecs/codec.js';
import type { Abilities, Broker, Connection, Session, UplinkLink } from './link.js';
import type { Received } from './message.js';
import { createOutbox, type Outbox } from './outbox.js';
import { matches } from './topics.js';

export interface KeepConnectedParts {
  broker: Broker;
  /** What is said on a connection; called for each try. */
  begin: () => Dialogue;
  clock: Clock;
  /** How long to wait before the broker is tried again. */
  backoff: Backoff;
  log: Logger;
}

/** Times in ms. */
const limits = {
  /** Without an acknowledgement for so long, the connection is dead, whatever TCP believes. */
  acknowledgement: 30_000,
  /** A connection that held so long was no false start: the next failure counts as the first. */
  steady: 60_000,
  /** For taking leave. */
  farewell: 2_000,
  /** Most messages under way, where the broker allows more: enough to fill a line, few enough to be sent again. */
  width: 20,
  /** After a connection that ended with messages under way, so many go one by one. */
  cautious: 100,
};

const drawbacks: Record<Abilities['version'], string> = {
  '5': '',
  '3.1.1': ', which speaks only MQTT 3.1.1: what it refuses, it may throw away without a word',
};

/** A connection in use, and how to declare it lost. */
interface Life extends Session {
  connection: Connection;
  outbox: Outbox;
  lost: Promise<ShelterError>;
  lose(reason: ShelterError): void;
}

interface Ear {
  filter: string;
  listener: (message: Received) => void;
}

/**
 * Keeps a broker connected: tries, greets, and when the connection is lost tries again after a wait, for ever. A
 * connection counts once the broker has acknowledged the greeting.
 */
export function keepConnected({ broker, begin, clock, backoff, log }: KeepConnectedParts): UplinkLink {
  const connected = listeners<Session>();
  const disconnected = listeners<ShelterError>();
  const ears = new Set<Ear>();
  const closing = new AbortController();
  let running: Promise<void> | undefined;
  let life: Life | undefined;
  let interrupt = () => {};
  let lastReason = '';
  let cautious = 0;

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      const reason = await liveOnce();
      if (closing.signal.aborted) return;
      tell(reason);
      await wait(backoff.next());
    }
  }

  /** Connects, stays as long as that lasts, and resolves to the reason why it ended. */
  async function liveOnce(): Promise<ShelterError> {
    const dialogue = begin();
    let connection: Connection;
    try {
      connection = await broker.connect(dialogue.will, closing.signal);
    } catch (error) {
      return reasonOf(error);
    }
    const since = clock.monotonic();
    const next = begun(connection, dialogue);
    interrupt = () => next.lose(notConnected());
    const failure = await Promise.race([greet(next), next.lost]);
    if (!failure && !closing.signal.aborted) {
      life = next;
      lastReason = '';
      welcome(connection.abilities.version);
      connected.call(next);
    }
    const reason = failure ?? (await next.lost);
    life = undefined;
    next.outbox.end(reason);
    cautious = next.outbox.owed() > 0 ? limits.cautious : 0;
    if (clock.monotonic() - since >= limits.steady) backoff.reset();
    await connection.close();
    return reason;
  }

  function begun(connection: Connection, dialogue: Dialogue): Life {
    let resolve: (reason: ShelterError) => void = () => {};
    const lost = new Promise<ShelterError>((settle) => {
      resolve = settle;
    });
    const lose = (reason: ShelterError) => {
      outbox.end(reason);
      resolve(reason);
    };
    const width = Math.min(limits.width, connection.abilities.receiveMaximum);
    const outbox = createOutbox({
      connection,
      width,
      cautious,
      patience: limits.acknowledgement,
      onSilence: (topic) => lose(silent(broker.url, topic)),
      clock,
    });
    connection.onLost(lose);
    connection.onMessage((message) => hear(message, dialogue, outbox));
    return { connection, dialogue, width, publish: outbox.publish, outbox, lost, lose };
  }

  /** Whatever came must not end the program. */
  function hear(message: Received, dialogue: Dialogue, outbox: Outbox): void {
    try {
      if (dialogue.listens.some((filter) => matches(filter, message.topic))) {
        for (const answer of dialogue.hear(message)) outbox.publish(answer).catch(complain);
      }
      for (const { filter, listener } of ears) if (matches(filter, message.topic)) listener(message);
    } catch (error) {
      log.warn(
        { topic: message.topic },
        `A message to ${message.topic} was not understood: ${messageOf(error)}`,
      );
    }
  }

  /** Listens, then speaks; resolves to the reason where that fails. */
  async function greet({ connection, dialogue, publish }: Life): Promise<ShelterError | undefined> {
    try {
      const filters = new Set([...dialogue.listens, ...[...ears].map(({ filter }) => filter)]);
      for (const filter of filters) await subscribe(connection, filter);
      for (const message of dialogue.greeting()) await publish(message);
      return undefined;
    } catch (error) {
      return reasonOf(error);
    }
  }

  /** Who may not listen may still speak: readings are worth more than commands. */
  async function subscribe(connection: Connection, filter: string): Promise<void> {
    try {
      await connection.subscribe(filter);
    } catch (error) {
      if (reasonOf(error).code === 'UPLINK_UNREACHABLE') throw error;
      complain(error);
    }
  }

  function welcome(mqtt: Abilities['version']): void {
    log.info({ broker: broker.url, mqtt }, `Connected to the MQTT broker${drawbacks[mqtt]}.`);
  }

  function complain(error: unknown): void {
    const { code, message, hint } = reasonOf(error);
    log.warn({ code, hint, broker: broker.url }, message);
  }

  function tell(reason: ShelterError): void {
    if (reason.message !== lastReason) complain(reason);
    lastReason = reason.message;
    disconnected.call(reason);
  }

  function wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.after(ms, resolve);
      interrupt = () => {
        cancel();
        resolve();
      };
    });
  }

  async function takeLeave({ dialogue, publish }: Life): Promise<void> {
    const said = Promise.all(dialogue.farewell().map(publish));
    await within(clock, limits.farewell, said, notConnected).catch(() => {});
  }

  return {
    start() {
      running ??= run();
    },
    publish: (message) => (life ? life.publish(message) : Promise.reject(notConnected())),
    listen(filter, listener) {
      const ear = { filter, listener };
      ears.add(ear);
      if (life) subscribe(life.connection, filter).catch(complain);
      return () => ears.delete(ear);
    },
    onConnected(listener) {
      if (life) listener(life);
      return connected.add(listener);
    },
    onDisconnected: disconnected.add,
    async close() {
      if (life) await takeLeave(life);
      closing.abort();
      interrupt();
      await running;
    },
  };
}

function reasonOf(error: unknown): ShelterError {
  return asShelterError(error, 'UPLINK_UNREACHABLE');
}

function silent(url: string, topic: string): ShelterError {
  return new ShelterError(
    'UPLINK_UNREACHABLE',
    `${url} did not acknowledge a message to ${topic} within ${limits.acknowledgement / 1_000} s.`,
  );
}

function notConnected(): ShelterError {
  return new ShelterError('UPLINK_UNREACHABLE', 'There is no connection to the MQTT broker.');
}
