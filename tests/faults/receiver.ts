import { connectAsync, type MqttClient } from 'mqtt';
import type { Log } from '../../runtime/store/port.js';

/** The city's end: a subscriber beside the broker, where no line can fail. */
export interface Receiver {
  /** Subscribes at a broker that has just started. */
  attach(): Promise<void>;
  close(): Promise<void>;
  /** Messages that are not what was agreed on. */
  complaints(): readonly string[];
}

export interface ReceiverParts {
  /** Port of the broker on 127.0.0.1. */
  broker: number;
  /** Whose messages it takes. */
  device: string;
  /** Takes a message of rows; what it throws is a complaint. */
  onMessage(log: Log, payload: Uint8Array): void;
}

const logs: Readonly<Record<string, Log>> = { readings: 'readings', events: 'events' };

/**
 * Subscribes at QoS 0: Mosquitto hands a message to such a subscriber's socket before it acknowledges it to the
 * publisher, so what it has acknowledged is not lost when it is killed.
 */
export function createReceiver({ broker, device, onMessage }: ReceiverParts): Receiver {
  const complaints: string[] = [];
  let client: MqttClient | undefined;

  function hear(topic: string, payload: Uint8Array): void {
    const log = logs[topic.split('/').at(-1) ?? ''];
    if (!log) return;
    try {
      onMessage(log, payload);
    } catch (error) {
      complaints.push(`${topic}: ${error instanceof Error ? error.message : error}`);
    }
  }

  return {
    async attach() {
      client = await connectAsync(`mqtt://127.0.0.1:${broker}`, { reconnectPeriod: 0 });
      client.on('error', () => {});
      client.on('message', hear);
      await client.subscribeAsync(`ushelter/${device}/#`, { qos: 0 });
    },
    close: async () => client?.endAsync(true),
    complaints: () => complaints,
  };
}
