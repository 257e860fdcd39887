import type { Reading, StoredEvent, StoredReading, Stream } from '../../reading.js';
import type { Message } from '../message.js';

/** Whose rows are sent. With a row's seq it names the row for ever. */
export interface Device {
  id: string;
  epoch: string;
}

/** What tells of events: a button, a door. */
export interface Input {
  /** The source of its events. */
  id: string;
  /** The kinds of event it tells, such as `button.pressed`. */
  kinds: readonly string[];
}

/** What a codec may know of the shelter it speaks for. */
export interface Speaker {
  device: Device;
  /** The name of the stop, by language. */
  name: Readonly<Record<string, string>>;
  version: string;
  /** First levels of every topic. */
  prefix: string;
  streams(): readonly Stream[];
  /** The last reading of each stream that has given a value. */
  latest(): readonly (Reading & { value: number })[];
  /** Age, in ms, from which a stream's last value counts as stale upstream, where a commit comes before it. */
  staleAfter(stream: Stream): number;
  /** The inputs of the shelter, such as a button. */
  inputs: readonly Input[];
  /** Wall time in ms. */
  now(): number;
}

/** A way to say things to a city: which topics there are, and what bytes stand in their messages. */
export interface Codec {
  /** As a site file and the log name it. */
  name: string;
  /** Begins what is said on one connection. Called for each try, as a will may carry a number of its own. */
  begin(speaker: Speaker): Dialogue;
}

/** What is said on one connection. Messages go out at QoS 1, in the order in which they were made. */
export interface Dialogue {
  /** What the broker publishes when the device goes without taking leave. */
  will: Message;
  /** The first messages: the device is there, and what it has. */
  greeting(): Message[];
  /** The last messages before the device takes leave. */
  farewell(): Message[];
  /**
   * Rows as messages. Throws a ShelterError where a row cannot be said; the rows are then tried in smaller groups.
   *
   * @param age `live` for rows that were just committed, `backlog` for those of an outage
   */
  readings(rows: readonly StoredReading[], age: 'live' | 'backlog'): Message[];
  events(rows: readonly StoredEvent[]): Message[];
  /** Topic filters this way of saying things has to listen to, such as for a request to greet anew. */
  listens: readonly string[];
  /** What to answer to a message on one of those; hostile until parsed, nothing is thrown. */
  hear(message: { topic: string; payload: Uint8Array }): Message[];
}
