import type { ShelterError } from '../../config/errors.js';
import type { Cancel } from '../../drivers/ports.js';

/** Something for the broker, always at QoS 1. */
export interface Message {
  topic: string;
  payload: Uint8Array;
  /** Whether the broker keeps it for those who subscribe later. */
  retain: boolean;
}

/** One connection to a broker, from its acceptance to its end. Nothing of it outlives it. */
export interface Connection {
  /**
   * Resolves when the broker has acknowledged the message. Rejects with a ShelterError as soon as that can no longer
   * happen; the message is then forgotten, and whether it arrived is not known.
   */
  publish(message: Message): Promise<void>;
  /** Called once when the connection ends for any reason but `close()`. */
  onLost(listener: (reason: ShelterError) => void): Cancel;
  /** Takes leave of the broker; where messages wait for their acknowledgement it just hangs up, and the will holds. */
  close(): Promise<void>;
}

/** The way to a broker. */
export interface Broker {
  /** Its address, for people: without secrets. */
  readonly url: string;
  /** Tries once. Rejects with a ShelterError that says why, or when the signal aborts. */
  connect(signal: AbortSignal): Promise<Connection>;
}

/** A connection that comes back by itself. */
export interface UplinkLink {
  start(): void;
  /** As of a connection; rejects at once while there is none. */
  publish(message: Message): Promise<void>;
  /** Called for each new connection, and at once where there is one already. */
  onConnected(listener: () => void): Cancel;
  /** Called when the connection is lost, and for each try that fails. */
  onDisconnected(listener: (reason: ShelterError) => void): Cancel;
  /** Says that the device is offline, takes leave and stays away. */
  close(): Promise<void>;
}
