import { ShelterError } from '../../config/errors.js';
import type { Log, Span, Store } from '../store/port.js';
import type { Dialogue } from './codecs/codec.js';
import type { Message, UplinkLink } from './link.js';

export interface ResendParts {
  store: Pick<Store, 'read'>;
  link: Pick<UplinkLink, 'publish' | 'onConnected'>;
  /** Most rows in one message. */
  batch: number;
}

/**
 * Publishes stored rows once more, whatever has been settled, and settles nothing. Resolves to how many there were when
 * the broker has them all; rejects with the ShelterError that says why not.
 */
export type Resend = (log: Log, span: Span) => Promise<number>;

export function createResend({ store, link, batch }: ResendParts): Resend {
  let dialogue: Dialogue | undefined;
  link.onConnected((session) => {
    dialogue = session.dialogue;
  });

  async function say(log: Log, span: Span, saying: Dialogue): Promise<Said> {
    if (log === 'events') {
      const rows = await store.read('events', span, batch);
      return { rows, messages: saying.events(rows) };
    }
    const rows = await store.read('readings', span, batch);
    return { rows, messages: saying.readings(rows, 'backlog') };
  }

  return async (log, { first, last }) => {
    let sent = 0;
    for (let next = first; next <= last; ) {
      if (!dialogue)
        throw new ShelterError('UPLINK_UNREACHABLE', 'There is no connection to the MQTT broker.');
      const { rows, messages } = await say(log, { first: next, last }, dialogue);
      const end = rows.at(-1);
      if (!end) break;
      for (const message of messages) await link.publish(message);
      sent += rows.length;
      next = end.seq + 1;
    }
    return sent;
  };
}

interface Said {
  rows: readonly { seq: number }[];
  messages: readonly Message[];
}
