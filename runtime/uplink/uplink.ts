import type { UplinkConfig } from '../../config/site.js';
import type { Clock } from '../../drivers/ports.js';
import { createBackoff, type Random } from '../backoff.js';
import type { Logger } from '../logger.js';
import type { ShelterEvent } from '../reading.js';
import type { Log, Store, StoreStatus } from '../store/port.js';
import type { Speaker } from './codecs/codec.js';
import { loadCodec } from './codecs/index.js';
import { createForwarder, type ForwarderStatus } from './forwarder.js';
import { keepConnected } from './keep-connected.js';
import type { UplinkLink } from './link.js';
import { mqttBroker } from './mqtt.js';

export interface UplinkParts {
  config: UplinkConfig;
  speaker: Speaker;
  store: Pick<Store, 'lease' | 'settle' | 'quarantine' | 'onCommit'> & {
    status(): Promise<Pick<StoreStatus, 'last' | 'waiting' | 'quarantined'>>;
  };
  /** Takes what happened on the way, for the record. */
  onEvent(event: ShelterEvent): void;
  /** Told of events that the broker has acknowledged, some of them more than once. */
  onEventsSent?(events: readonly ShelterEvent[]): void;
  clock: Clock;
  random: Random;
  log: Logger;
}

/** Everything between the store and the broker. */
export interface Uplink {
  /** For those who listen to the city and answer it. */
  link: Pick<UplinkLink, 'listen' | 'publish' | 'onConnected' | 'onDisconnected'>;
  /** Whether an event that is on the card waits no more. Rejects as the store does. */
  isSent(seq: number): Promise<boolean>;
  /** Returns at once; the connection comes when it can. */
  start(): void;
  /** Waits a moment for what is under way, says that the device is offline, and takes leave. */
  stop(): Promise<void>;
  status(): Promise<UplinkStatus>;
}

export interface UplinkStatus extends ForwarderStatus {
  /** The broker's address, without secrets. */
  url: string;
  /** Rows that wait to be sent. */
  waiting: Record<Log, number>;
  /** Rows that were set aside, as the broker takes others but not them. */
  quarantined: Record<Log, number>;
}

/** Names the cursors of the one uplink in the store. */
const uplink = 'mqtt';

/** Wait, in ms, before the broker is tried again. */
export const reconnecting = { base: 2_000, cap: 60_000 };

const none: Record<Log, number> = { readings: 0, events: 0 };

/** Puts the parts together. */
export async function createUplink(parts: UplinkParts): Promise<Uplink> {
  const { config, speaker, store, onEvent, onEventsSent, clock, random, log } = parts;
  const codec = await loadCodec(config.codec);
  const broker = mqttBroker({ config, clientId: `ushelter-${speaker.device.id}`, clock });
  const backoff = createBackoff(reconnecting, random);
  const link = keepConnected({ broker, begin: () => codec.begin(speaker), clock, backoff, log });
  const { batch, backlogRate } = config;
  const forwarder = createForwarder({
    uplink,
    store,
    link,
    batch,
    backlogRate,
    onEvent,
    ...(onEventsSent && { onEventsSent }),
    clock,
    random,
    log,
  });

  return {
    link,
    start() {
      forwarder.start();
      link.start();
    },
    async stop() {
      await forwarder.stop();
      await link.close();
    },
    async isSent(seq) {
      const { rows } = await store.lease(uplink, 'events', 1, { first: seq, last: seq });
      return rows.length === 0;
    },
    async status() {
      const { waiting, quarantined, last } = await store.status();
      return {
        ...forwarder.status(),
        url: broker.url,
        waiting: waiting[uplink] ?? last,
        quarantined: quarantined[uplink] ?? none,
      };
    },
  };
}
