import { ShelterError } from '../../config/errors.js';
import type { Clock } from '../../drivers/ports.js';
import { within } from '../waiting.js';
import type { Connection } from './link.js';
import type { Message } from './message.js';

export interface OutboxParts {
  connection: Pick<Connection, 'publish'>;
  /** Most messages under way at a time. */
  width: number;
  /** The first so many go one by one, so that a loss shows which of them the broker cannot bear. */
  cautious: number;
  /** Patience with an acknowledgement, in ms. */
  patience: number;
  /** The connection is dead, whatever TCP believes. */
  onSilence: (topic: string) => void;
  clock: Clock;
}

/** The messages of one connection: they leave in the order in which they came, a few ahead of their acknowledgements. */
export interface Outbox {
  /** As of a connection; rejects with `Unacknowledged` where the connection ended while the message was under way. */
  publish(message: Message): Promise<void>;
  /** How many are under way. */
  owed(): number;
  /** The connection has ended: nothing leaves any more. */
  end(reason: ShelterError): void;
}

/** The connection ended before the broker acknowledged the message: whether it arrived is not known. */
export class Unacknowledged extends ShelterError {
  /** True where no other message was under way, so that this one may be what the broker cannot bear. */
  readonly alone: boolean;

  constructor(reason: ShelterError, alone: boolean) {
    super(reason.code, reason.message, { cause: reason, hint: reason.hint });
    this.alone = alone;
  }
}

interface Entry {
  message: Message;
  resolve(): void;
  reject(error: unknown): void;
}

export function createOutbox(parts: OutboxParts): Outbox {
  const { connection, width, cautious, patience, onSilence, clock } = parts;
  let waiting: Entry[] = [];
  let underWay = 0;
  let acknowledged = 0;
  let ending: { reason: ShelterError; owed: number } | undefined;

  function sendOn(): void {
    while (!ending && underWay < (acknowledged < cautious ? 1 : width)) {
      const entry = waiting.shift();
      if (!entry) return;
      void send(entry);
    }
  }

  async function send({ message, resolve, reject }: Entry): Promise<void> {
    underWay++;
    try {
      await within(clock, patience, connection.publish(message), () => {
        onSilence(message.topic);
        return new Error('silence');
      });
      acknowledged++;
      resolve();
    } catch (error) {
      const isAboutMessage = error instanceof ShelterError && error.code !== 'UPLINK_UNREACHABLE';
      reject(ending && !isAboutMessage ? new Unacknowledged(ending.reason, ending.owed === 1) : error);
    } finally {
      underWay--;
      sendOn();
    }
  }

  return {
    publish(message) {
      if (ending) return Promise.reject(ending.reason);
      return new Promise((resolve, reject) => {
        waiting.push({ message, resolve, reject });
        sendOn();
      });
    },
    owed: () => ending?.owed ?? underWay,
    end(reason) {
      ending ??= { reason, owed: underWay };
      for (const { reject } of waiting) reject(reason);
      waiting = [];
    },
  };
}
