import type { Air, SerialTwin } from '../../../simulators/contract.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';

/** A device on the bench: switched on in given air, with a hand at its receiver and an eye on what it sends. */
export function onBench(twin: SerialTwin, air: Air) {
  const clock = virtualClock();
  let out: string[] = [];
  const device = twin.powerUp({
    air: () => air,
    clock,
    send(message) {
      out.push(hex(message));
    },
  });

  /** What came since the last time, a string for each message. */
  function sent(): string[] {
    const messages = out;
    out = [];
    return messages;
  }

  /** What comes at once in answer to some bytes. */
  function say(text: string): string[] {
    out = [];
    device.receive(bytes(text));
    return sent();
  }

  return { device, clock, say, sent };
}

/** `AA C0` as bytes. */
export function bytes(text: string): Uint8Array {
  return Uint8Array.from(text.split(' '), (pair) => Number.parseInt(pair, 16));
}

/** Bytes as `AA C0`. */
export function hex(message: Uint8Array): string {
  return Array.from(message, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(' ');
}
