import type {
  Content,
  EventNow,
  Help,
  InputNow,
  Now,
  SensorNow,
  SiteNow,
  StreamNow,
} from '../../../runtime/api/contract.js';
import type { LifeHeard } from './life-message.js';
import type { Message } from './message.js';

/** What the page knows of the shelter. A time named `at` is in ms on the page's own monotonic time. */
export interface Live {
  link: Link;
  /** The last sign of life: when it came, and the shelter's wall time in it, where that is known there. */
  heard: { at: number; time: number | undefined } | undefined;
  /** The last picture of the whole, kept up to date; absent before the first. */
  shelter: Shelter | undefined;
  /** What the numbers mean, as it was told last; absent before the first time on a connection. */
  life: Heard<LifeHeard> | undefined;
  /** What was not sensed here, as it was told last; absent before the first time on a connection. */
  content: Content | undefined;
  /** Ways to help, as they were told last; absent before the first time on a connection. */
  help: Heard<Help> | undefined;
  /** What happened lately, the newest last. */
  happened: readonly Heard<EventNow>[];
}

/** `waiting`: not connected yet, and not given up; `live`: what is shown is now; `lost`: it is not. */
export type Link = 'waiting' | 'live' | 'lost';

export interface Shelter {
  site: SiteNow;
  streams: readonly Heard<StreamNow>[];
  sensors: readonly SensorNow[];
  inputs: readonly InputNow[];
}

export interface Heard<T> {
  what: T;
  at: number;
}

/** How many events are worth remembering. */
const remembered = 10;

export const nothingYet: Live = {
  link: 'waiting',
  heard: undefined,
  shelter: undefined,
  life: undefined,
  content: undefined,
  help: undefined,
  happened: [],
};

/** What is known after a message. */
export function hear(live: Live, message: Message, at: number): Live {
  switch (message.name) {
    case 'now':
      return {
        ...live,
        link: 'live',
        heard: { at, time: timeOf(message.data) },
        shelter: shelterOf(message.data, at),
        life: live.link === 'live' ? live.life : undefined,
        content: live.link === 'live' ? live.content : undefined,
        help: live.link === 'live' ? live.help : undefined,
      };
    case 'stream':
      return withShelter(live, (shelter) => ({
        ...shelter,
        streams: shelter.streams.map((known) =>
          known.what.stream === message.data.stream ? { what: message.data, at } : known,
        ),
      }));
    case 'event':
      return {
        ...withShelter(live, (shelter) => ({
          ...shelter,
          inputs: inputsAfter(shelter.inputs, message.data),
        })),
        happened: [...live.happened, { what: message.data, at }].slice(-remembered),
      };
    case 'life':
      return { ...live, life: { what: message.data, at } };
    case 'content':
      return { ...live, content: message.data };
    case 'help':
      return { ...live, help: { what: message.data, at } };
    case 'beat':
      return { ...live, heard: { at, time: timeOf(message.data) } };
  }
}

function timeOf({ time }: Pick<Now, 'time'>): number | undefined {
  return time === null ? undefined : Date.parse(time);
}

/** What is known once the connection is gone: all of it, but of the past. */
export function lose(live: Live): Live {
  return live.link === 'lost' ? live : { ...live, link: 'lost' };
}

function shelterOf({ site, streams, sensors, inputs }: Now, at: number): Shelter {
  return { site, streams: streams.map((what) => ({ what, at })), sensors, inputs };
}

function withShelter(live: Live, change: (shelter: Shelter) => Shelter): Live {
  return live.shelter ? { ...live, shelter: change(live.shelter) } : live;
}

/** An input tells of its new state in an event named after its driver, such as `button.pressed`. */
function inputsAfter(inputs: readonly InputNow[], { kind, source, time }: EventNow): readonly InputNow[] {
  return inputs.map((input) =>
    input.input === source && kind.startsWith(`${input.driver}.`)
      ? { ...input, state: kind.slice(input.driver.length + 1), since: time }
      : input,
  );
}
