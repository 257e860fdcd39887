import type { Cancel, Clock } from '../clock.js';
import { type Message, type MessageName, parseMessage } from './message.js';

/** A way to the shelter's event stream. Nothing is told after the cancel. */
export type OpenEvents = (listener: {
  onMessage(name: MessageName, json: string): void;
  /** The stream ended or never began; it does not come back by itself. */
  onBroken(): void;
}) => Cancel;

export interface Connection {
  /** Connects anew at once, as after the device slept and nobody knows for how long. */
  renew(): void;
  close(): void;
}

/** A beat comes every 2 s; silence for so long, in ms, means that nobody is there. */
export const patience = 4_500;

/** Pauses between two tries, in ms; the last one repeats. */
const pauses = [500, 1_000, 2_000, 5_000] as const;

/**
 * Keeps connected to the shelter: a broken, a silent and a nonsensical stream are all given up and opened again.
 *
 * @param onLost called each time the stream is given up
 */
export function stayConnected({
  open,
  clock,
  onMessage,
  onLost,
}: {
  open: OpenEvents;
  clock: Clock;
  onMessage: (message: Message) => void;
  onLost: () => void;
}): Connection {
  let failures = 0;
  let closeEvents: Cancel = () => {};
  let cancelTimer: Cancel = () => {};

  function connect(): void {
    awaitSign();
    closeEvents = open({ onMessage: receive, onBroken: giveUp });
  }

  function receive(name: MessageName, json: string): void {
    const message = parseMessage(name, json);
    if (!message) {
      giveUp();
      return;
    }
    if (name === 'beat') failures = 0;
    awaitSign();
    onMessage(message);
  }

  function awaitSign(): void {
    cancelTimer();
    cancelTimer = clock.after(patience, giveUp);
  }

  function giveUp(): void {
    leave();
    onLost();
    const pause = pauses[Math.min(failures, pauses.length - 1)] ?? pauses[0];
    failures += 1;
    cancelTimer = clock.after(pause, connect);
  }

  function leave(): void {
    cancelTimer();
    closeEvents();
  }

  connect();
  return {
    renew() {
      leave();
      onLost();
      failures = 0;
      connect();
    },
    close: leave,
  };
}
