import type { TestId } from '../../../config/catalogue/quality.js';
import type { InputNow, Life, SensorNow, ValueState } from '../../../runtime/api/contract.js';

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
  /** Why there is no value. */
  reasons: Record<Reason, string>;
  /** Why a value is not believed, by the quality test that doubts it. */
  doubts: Record<TestId, string>;
  justNow: string;
  /** Headings that only a screen reader meets. */
  values: string;
  language: string;
  /** What the numbers mean. */
  life: {
    title: string;
    air: string;
    feelsLike: string;
    /** What a concentration is. */
    bases: Record<NonNullable<Life['air']['basis']>, string>;
    /** Why something cannot be told. */
    absences: Record<AbsenceCode, string>;
    /** Why no sensor vouches for what it is made from. */
    lacks: Record<Lack, string>;
  };
  /** What the law wants said beside particulate values, until the shelter says it in full. */
  simpleMeter: string;
  technical: { show: string; hide: string; title: string; sensors: string; inputs: string };
  sensorStates: Record<SensorNow['state'] | 'unknown', string>;
  inputStates: Record<InputState, string>;
  inputUnread: string;
  /** What people are told when it happens. */
  notices: Record<NoticedEvent, string>;
}

type AbsenceCode = NonNullable<Life['air']['absent']>['code'];
type Lack = NonNullable<Life['inputs'][number]['why']>;

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

/** Where several tests doubt a value, the first of these tells people most. */
const telling: readonly TestId[] = [
  'gross-range',
  'one-message',
  'consistency',
  'flat-line',
  'warm-up',
  'spike',
  'rate-of-change',
  'agreement',
];

/** The sentence for the tests that doubt a value. */
export function doubtIn(doubts: readonly string[], { doubts: sentences, reasons }: Messages): string {
  const test = telling.find((each) => doubts.includes(each));
  return test === undefined ? reasons.unbelievable : sentences[test];
}

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
