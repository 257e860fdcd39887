import type { InputNow, SensorNow, ValueState } from '../../../runtime/api/contract.js';

/** All that the page says in a language. A language that lacks a message does not pass the type check. */
export interface Messages {
  connecting: string;
  /** The banner while nothing on the page is confirmed. */
  notConnected: {
    title: string;
    lastUpdate(ago: string, time: string | undefined): string;
    neverHeard: string;
  };
  /** One word or two for how a value stands. */
  states: Record<ValueState, string>;
  /** Said of a value that quality control doubts. */
  doubtful: string;
  /** Why there is no value. */
  reasons: Record<Reason, string>;
  justNow: string;
  /** Headings that only a screen reader meets. */
  values: string;
  language: string;
  /** What the law wants said beside particulate values. */
  simpleMeter: string;
  technical: { show: string; hide: string; title: string; sensors: string; inputs: string };
  sensorStates: Record<SensorNow['state'] | 'unknown', string>;
  inputStates: Record<InputState, string>;
  inputUnread: string;
  /** What people are told when it happens. */
  notices: Record<NoticedEvent, string>;
}

export type Reason =
  | 'unreachable'
  | 'unplugged'
  | 'silent'
  | 'nonsense'
  | 'broken'
  | 'unbelievable'
  | 'notYet';

/** States of inputs that have a word of their own; others are shown as they come. */
export type InputState = 'pressed' | 'released' | 'open' | 'closed' | 'present' | 'absent';

/** Events that the people in the shelter are told of. */
export type NoticedEvent = 'button.pressed' | 'door.open';

/** The sentence for the code of a problem; without one the value itself was refused. */
export function reasonFor(code: string | undefined): Reason {
  if (code === undefined) return 'unbelievable';
  if (code === 'DEVICE_LOST' || code === 'PORT_NOT_FOUND') return 'unplugged';
  if (code === 'DEVICE_SILENT') return 'silent';
  if (code === 'DEVICE_NONSENSE' || code === 'DEVICE_REFUSED') return 'nonsense';
  if (code === 'DEVICE_BROKEN') return 'broken';
  return 'unreachable';
}

export function isNoticed(kind: string, { notices }: Messages): kind is NoticedEvent {
  return Object.hasOwn(notices, kind);
}

/** The word for an input's state; a state without one is its own word. */
export function inputStateName({ state }: InputNow, { inputStates, inputUnread }: Messages): string {
  if (state === null) return inputUnread;
  return Object.hasOwn(inputStates, state) ? inputStates[state as InputState] : state;
}
