import type { ShelterError } from '../../config/errors.js';
import type { Cancel } from '../../drivers/ports.js';
import type { Dialogue } from './codecs/codec.js';
import type { Message, Received } from './message.js';

export type { Message, Received } from './message.js';

/** One connection to a broker, from its acceptance to its end. Nothing of it outlives it. */
export interface Connection {
  readonly abilities: Abilities;
  /**
   * Resolves when the broker has acknowledged the message. Rejects with a ShelterError as soon as that can no longer
   * happen; the message is then forgotten, and whether it arrived is not known.
   *
   * The code says what is wrong: UPLINK_REJECTED the message itself, UPLINK_TOO_LARGE its size, UPLINK_FORBIDDEN the
   * device's rights at its topic, UPLINK_BUSY the broker at present, UPLINK_UNREACHABLE the connection, which ended.
   */
  publish(message: Message): Promise<void>;
  /** Rejects where the broker does not allow it, or the connection has ended (UPLINK_UNREACHABLE). */
  subscribe(filter: string): Promise<void>;
  /** Messages of all subscriptions, in order. */
  onMessage(listener: (message: Received) => void): Cancel;
  /** Called once when the connection ends for any reason but `close()`. */
  onLost(listener: (reason: ShelterError) => void): Cancel;
  /** Takes leave of the broker; where messages wait for their acknowledgement it just hangs up, and the will holds. */
  close(): Promise<void>;
}

/** What a broker has said of itself, or what may be taken for granted. */
export interface Abilities {
  /** 5 has reasons for what it refuses; 3.1.1 acknowledges what it throws away, or hangs up. */
  version: '5' | '3.1.1';
  /** Most messages whose acknowledgement it may owe at a time. */
  receiveMaximum: number;
}

/** The way to a broker. */
export interface Broker {
  /** Its address, for people: without secrets. */
  readonly url: string;
  /**
   * Tries once. Rejects with a ShelterError that says why, or when the signal aborts.
   *
   * @param will what the broker publishes when the device goes without taking leave
   */
  connect(will: Message, signal: AbortSignal): Promise<Connection>;
}

/** A connection that comes back by itself. */
export interface UplinkLink {
  start(): void;
  /** As of the session that holds now; rejects at once while there is none. */
  publish(message: Message): Promise<void>;
  /**
   * Hears what comes on a topic filter, which is subscribed to on each connection. Where
   * the broker does not allow it, the log says so.
   */
  listen(filter: string, listener: (message: Received) => void): Cancel;
  /** Called for each new connection, once greetings are exchanged, and at once where there is one already. */
  onConnected(listener: (session: Session) => void): Cancel;
  /** Called when the connection is lost, and for each try that fails. */
  onDisconnected(listener: (reason: ShelterError) => void): Cancel;
  /** Says that the device goes, takes leave and stays away. */
  close(): Promise<void>;
}

/** What holds as long as one connection does. */
export interface Session {
  dialogue: Dialogue;
  /** Most messages under way at a time; more wait their turn. */
  width: number;
  /** In the order of the calls. Rejects for ever once the connection has ended. */
  publish(message: Message): Promise<void>;
}
