import type { UplinkConfig } from '../../config/site.js';
import type { Clock } from '../../drivers/ports.js';
import { createBackoff, type Random } from '../backoff.js';
import type { Logger } from '../logger.js';
import type { Log, Store } from '../store/port.js';
import { senmlJson } from './codecs/senml-json.js';
import { createForwarder, type ForwarderStatus } from './forwarder.js';
import { keepConnected } from './keep-connected.js';
import { mqttBroker } from './mqtt.js';
import { availability, uplinkTopics } from './topics.js';

export interface UplinkParts {
  config: UplinkConfig;
  /** Id of the site. */
  device: string;
  store: Pick<Store, 'epoch' | 'lease' | 'settle' | 'onCommit' | 'status'>;
  clock: Clock;
  random: Random;
  log: Logger;
}

/** Everything between the store and the broker. */
export interface Uplink {
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
}

/** Names the cursors of the one uplink in the store. */
const uplink = 'mqtt';

/** Wait, in ms, before the broker is tried again. */
const growth = { base: 2_000, cap: 60_000 };

/** Puts the parts together: SenML JSON over MQTT. */
export function createUplink({ config, device, store, clock, random, log }: UplinkParts): Uplink {
  const topics = uplinkTopics(config.topicPrefix, device);
  const presence = availability(topics);
  const broker = mqttBroker({ config, clientId: `ushelter-${device}`, will: presence.offline, clock });
  const backoff = createBackoff(growth, random);
  const link = keepConnected({ broker, availability: presence, clock, backoff, log });
  const forwarder = createForwarder({
    uplink,
    store,
    link,
    codec: senmlJson,
    device: { id: device, epoch: store.epoch },
    topics,
    batch: config.batch,
    clock,
    random,
    log,
  });

  return {
    start() {
      forwarder.start();
      link.start();
    },
    async stop() {
      await forwarder.stop();
      await link.close();
    },
    async status() {
      const { waiting, last } = await store.status();
      return { ...forwarder.status(), url: broker.url, waiting: waiting[uplink] ?? last };
    },
  };
}
