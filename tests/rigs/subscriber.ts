import { connectAsync } from 'mqtt';
import { type Resolved, resolve } from '../runtime/uplink/senml.js';
import { afterFile } from './clean-up.js';

/** What a subscriber of an MQTT broker has received so far, in order. */
export interface Subscriber {
  readonly messages: readonly Message[];
}

export interface Message {
  /** The last level of its topic. */
  kind: string;
  text: string;
  /** The SenML records with all their bases; none where it is something else. */
  records: readonly Resolved[];
}

/** Subscribes until the tests of the file have ended. */
export async function subscribe(broker: string, topic: string): Promise<Subscriber> {
  const client = await connectAsync(broker, { reconnectPeriod: 0 });
  afterFile(() => client.endAsync(true));
  const messages: Message[] = [];
  client.on('message', (name, payload) => {
    const text = payload.toString();
    messages.push({
      kind: name.split('/').at(-1) ?? '',
      text,
      records: text.startsWith('[') ? resolve(payload) : [],
    });
  });
  await client.subscribeAsync(topic, { qos: 1 });
  return { messages };
}
