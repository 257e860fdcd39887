import { ShelterError } from '../../config/errors.js';
import type { Cancel } from '../../drivers/ports.js';
import type { Logger } from '../logger.js';
import type { Message, Received, UplinkLink } from '../uplink/link.js';

/** The way of answers to whoever asked. */
export interface Answers {
  /** Resolves when the broker has it, or it waits for the next connection. */
  send(answer: unknown, request: Received): Promise<void>;
  stop: Cancel;
}

export interface AnswersParts {
  link: Pick<UplinkLink, 'publish' | 'onConnected'>;
  /** Where an answer goes whose request names no place for it. */
  results: string;
  /** Topics below it are the device's own. */
  own: string;
  log: Logger;
}

/** Most answers that wait for a connection. */
const mostHeld = 64;

export function createAnswers({ link, results, own, log }: AnswersParts): Answers {
  let held: Message[] = [];

  async function deliver(message: Message): Promise<void> {
    try {
      await link.publish(message);
    } catch (error) {
      const unreachable = error instanceof ShelterError && error.code === 'UPLINK_UNREACHABLE';
      if (unreachable) held = [...held, message].slice(-mostHeld);
      else if (message.topic !== results) await deliver({ ...message, topic: results });
      else log.warn({ error }, 'The answer to a command could not be sent.');
    }
  }

  const stop = link.onConnected(() => {
    const waiting = held;
    held = [];
    for (const message of waiting) void deliver(message);
  });

  return {
    send(answer, { responseTopic, correlation }) {
      return deliver({
        topic: responseTopic !== undefined && mayAnswerAt(responseTopic, own) ? responseTopic : results,
        payload: new TextEncoder().encode(JSON.stringify(answer)),
        retain: false,
        contentType: 'application/json',
        ...(correlation && { correlation }),
      });
    },
    stop,
  };
}

/**
 * Whether an answer may go to a topic. The signature does not cover where an answer is awaited, so it must not go
 * where the device itself is believed or heeded.
 */
function mayAnswerAt(topic: string, own: string): boolean {
  const isOwn = topic === own || topic.startsWith(`${own}/`);
  return /^[^$#+\0][^#+\0]{0,255}$/.test(topic) && !isOwn;
}
