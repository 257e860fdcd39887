import { ShelterError } from '../../config/errors.js';
import type { Clock } from '../../drivers/ports.js';
import type { Backoff } from '../backoff.js';
import type { Logger } from '../logger.js';
import { asShelterError } from '../problem.js';
import { listeners, within } from '../waiting.js';
import type { Broker, Connection, Message, UplinkLink } from './link.js';
import type { Availability } from './topics.js';

export interface KeepConnectedParts {
  broker: Broker;
  availability: Availability;
  clock: Clock;
  /** How long to wait before the broker is tried again. */
  backoff: Backoff;
  log: Logger;
}

/** In ms. */
const limits = {
  /** Without an acknowledgement for so long, the connection is dead, whatever TCP believes. */
  acknowledgement: 30_000,
  /** A connection that held so long was no false start: the next failure counts as the first. */
  steady: 60_000,
  /** For saying that the device goes offline. */
  farewell: 2_000,
};

/** A connection, and how to declare it lost. */
interface Life {
  connection: Connection;
  lose: (reason: ShelterError) => void;
}

/**
 * Keeps a broker connected: tries, says that the device is online, and when the connection is lost tries again after
 * a wait, for ever. A connection counts once the broker has acknowledged that first message.
 */
export function keepConnected({ broker, availability, clock, backoff, log }: KeepConnectedParts): UplinkLink {
  const connected = listeners<void>();
  const disconnected = listeners<ShelterError>();
  const closing = new AbortController();
  let running: Promise<void> | undefined;
  let life: Life | undefined;
  let interrupt = () => {};
  let lastReason = '';

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
    let connection: Connection;
    try {
      connection = await broker.connect(closing.signal);
    } catch (error) {
      return reasonOf(error);
    }
    const since = clock.monotonic();
    let lose: Life['lose'] = () => {};
    const lost = new Promise<ShelterError>((resolve) => {
      lose = resolve;
    });
    connection.onLost(lose);
    interrupt = () => lose(notConnected());
    const failure = await Promise.race([announce({ connection, lose }), lost]);
    if (!failure && !closing.signal.aborted) {
      life = { connection, lose };
      lastReason = '';
      log.info({ broker: broker.url }, 'Connected to the MQTT broker.');
      connected.call();
    }
    const reason = failure ?? (await lost);
    life = undefined;
    if (clock.monotonic() - since >= limits.steady) backoff.reset();
    await connection.close();
    return reason;
  }

  /** Says that the device is online; resolves to the reason where that fails. */
  function announce(next: Life): Promise<ShelterError | undefined> {
    return send(next, availability.online, limits.acknowledgement).then(() => undefined, reasonOf);
  }

  /** Publishes on a connection, and declares it lost where the acknowledgement takes too long. */
  function send({ connection, lose }: Life, message: Message, limit: number): Promise<void> {
    return within(clock, limit, connection.publish(message), () => {
      const reason = silent(broker.url, message.topic, limit);
      lose(reason);
      return reason;
    });
  }

  function tell(reason: ShelterError): void {
    const { code, message, hint } = reason;
    if (message !== lastReason) log.warn({ code, hint, broker: broker.url }, message);
    lastReason = message;
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

  return {
    start() {
      running ??= run();
    },
    publish(message) {
      return life ? send(life, message, limits.acknowledgement) : Promise.reject(notConnected());
    },
    onConnected(listener) {
      if (life) listener();
      return connected.add(listener);
    },
    onDisconnected: disconnected.add,
    async close() {
      if (life) await send(life, availability.offline, limits.farewell).catch(() => {});
      closing.abort();
      interrupt();
      await running;
    },
  };
}

function reasonOf(error: unknown): ShelterError {
  return asShelterError(error, 'UPLINK_UNREACHABLE');
}

function silent(url: string, topic: string, limit: number): ShelterError {
  return new ShelterError(
    'UPLINK_UNREACHABLE',
    `${url} did not acknowledge a message to ${topic} within ${limit / 1_000} s.`,
  );
}

function notConnected(): ShelterError {
  return new ShelterError('UPLINK_UNREACHABLE', 'There is no connection to the MQTT broker.');
}
