import { ShelterError } from '../../../config/errors.js';
import type { Message, Received, Session, UplinkLink } from '../../../runtime/uplink/link.js';
import { matches } from '../../../runtime/uplink/topics.js';

type Link = Pick<UplinkLink, 'listen' | 'publish' | 'onConnected'>;

/** The broker's side of a link: what a shelter hears and says. */
export interface City {
  link: Link;
  /** All that was published, oldest first. */
  readonly said: readonly Message[];
  /** The JSON of what was published on a topic. */
  answers(topic: string): unknown[];
  /** Sends a message to whoever listens to its topic. */
  send(topic: string, payload: string | Uint8Array, extra?: Partial<Received>): void;
  connect(): void;
  disconnect(): void;
}

const dialogue: Session['dialogue'] = {
  will: { topic: '', payload: new Uint8Array(), retain: false },
  greeting: () => [],
  farewell: () => [],
  readings: () => [],
  events: () => [],
  listens: [],
  hear: () => [],
};

/** A link that is connected, to a city that the test plays. */
export function fakeCity(): City {
  const said: Message[] = [];
  const ears = new Set<{ filter: string; listener: (message: Received) => void }>();
  const onConnected = new Set<(session: Session) => void>();
  let connected = true;

  async function publish(message: Message): Promise<void> {
    if (!connected) throw new ShelterError('UPLINK_UNREACHABLE', 'There is no connection.');
    if (message.topic.startsWith('forbidden')) throw new ShelterError('UPLINK_REJECTED', 'Not there.');
    said.push(message);
  }

  const session: Session = { dialogue, width: 1, publish };

  return {
    said,
    link: {
      publish,
      listen(filter, listener) {
        const ear = { filter, listener };
        ears.add(ear);
        return () => ears.delete(ear);
      },
      onConnected(listener) {
        onConnected.add(listener);
        if (connected) listener(session);
        return () => onConnected.delete(listener);
      },
    },
    answers: (topic) =>
      said
        .filter((message) => message.topic === topic)
        .map(({ payload }) => JSON.parse(new TextDecoder().decode(payload))),
    send(topic, payload, extra = {}) {
      const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload;
      const message = { topic, payload: bytes, retained: false, ...extra };
      for (const { filter, listener } of ears) if (matches(filter, topic)) listener(message);
    },
    connect() {
      connected = true;
      for (const listener of onConnected) listener(session);
    },
    disconnect() {
      connected = false;
    },
  };
}
