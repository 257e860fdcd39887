import type { TestId } from '../../../config/catalogue/quality.js';
import type { InputNow, Life, SensorNow, StreamNow, ValueState } from '../../../runtime/api/contract.js';
import type { OfficialAir } from '../state/air.js';
import type { Rank } from '../state/announcements.js';
import type { ArrivalsOnBoard, Standing } from '../state/arrivals.js';
import type { Asked } from '../state/calls.js';
import type { Arrival } from '../state/content-message.js';
import type { CallTold, HelpTold } from '../state/help.js';
import type { MaintenanceView, PinRefusal, Side } from '../state/maintenance.js';
import type { ModeId } from '../state/visit.js';

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
  /** The frame around every screen. */
  frame: {
    home: string;
    air: string;
    help: string;
    takeAlong: string;
    menu: string;
    close: string;
    previous: string;
    next: string;
    page(at: string, of: string): string;
    /** Headings that only a screen reader meets. */
    screens: string;
    display: string;
    modes: Record<ModeId, string>;
  };
  /** What is asked before a visit ends. */
  visit: { question: string; explain: string; remaining(seconds: string): string; goOn: string };
  arrivals: {
    title: string;
    next: string;
    arriving: string;
    stopsAway(count: number): string;
    lowFloor: string;
    crowding: Record<NonNullable<Arrival['crowding']>, string>;
    lastBus: string;
    detour: string;
    delayed: string;
    standings: Record<Standing, string>;
    /** How old what is shown is. */
    asOf(ago: string): string;
    /** Why there is no time. */
    tooOld: string;
    service: Record<Exclude<ArrivalsOnBoard['service'], 'known'>, string>;
  };
  announcements: {
    title: string;
    none: string;
    /** How many there are in all. */
    all(count: string): string;
    ranks: Record<Rank, string>;
  };
  emergency: { drill: string; drillNote: string; from(sender: string): string };
  /** The spoken page: its controls, and a bus as it is told to who cannot see it. */
  voice: {
    title: string;
    listen: string;
    stop: string;
    pause: string;
    resume: string;
    replay: string;
    previous: string;
    next: string;
    softer: string;
    louder: string;
    none: string;
    on: string;
    off: string;
    line(name: string): string;
    bound(place: string): string;
    inMinutes(count: number): string;
    /** @param time of day, as 14:05 */
    at(time: string): string;
  };
  air: {
    title: string;
    here: string;
    official: string;
    officialUnknown: string;
    /** What an official value is the mean of. */
    hourTo(time: string): string;
    absent: Record<OfficialAir['absent'][number]['why'], string>;
    past: string;
    pastAwaited: string;
    pastUnknown: string;
    pastNothing: string;
    /** All that the line through the day shows. */
    summary(
      day: Record<'name' | 'least' | 'leastAt' | 'greatest' | 'greatestAt' | 'last' | 'lastAt', string>,
    ): string;
    doubtful: string;
  };
  route: {
    title: string;
    to(destination: string): string;
    unknown: string;
    none: string;
    here: string;
    transfers: string;
    /** @param text the count as it is written */
    showBefore(count: number, text: string): string;
    hideBefore: string;
    firstBus: string;
    lastBus: string;
    asOf(ago: string): string;
  };
  help: {
    title: string;
    kinds: Record<CallTold['kind'], string>;
    explain: string;
    whichLine: string;
    anyLine: string;
    asking: string;
    /** What became of a call. */
    steps: Record<CallTold['step'], string>;
    /** Why a call is not made, or not yet. */
    trouble: Record<Exclude<Asked['state'], 'asking' | 'taken'>, string>;
    callInstead(phone: string): string;
    numbers: string;
    phone: string;
    reaches: Record<HelpTold['emergency'][number]['reaches'], string>;
  };
  takeAlong: Record<
    'title' | 'page' | 'explain' | 'noPage' | 'wifi' | 'network' | 'password' | 'open' | 'noWifi' | 'unknown',
    string
  >;
  /** For technicians. */
  maintenance: {
    title: string;
    pin: string;
    digits(count: string): string;
    erase: string;
    enter: string;
    trying: string;
    refusals: Record<Exclude<PinRefusal['why'], 'locked'>, string> & { locked(seconds: string): string };
    views: Record<MaintenanceView, string>;
    leave: string;
    lasts(seconds: string): string;
    raw: string;
    flags: Record<Flag, string>;
    touched(count: string, of: string): string;
    sides: Record<Side, string>;
  } & Record<MaintenanceWord, string>;
  /** What the law wants said beside particulate values, until the shelter says it in full. */
  simpleMeter: string;
  sensorStates: Record<SensorNow['state'] | 'unknown', string>;
  inputStates: Record<InputState, string>;
  inputUnread: string;
  /** What people are told when it happens. */
  notices: Record<NoticedEvent, string>;
}

type Flag = StreamNow['flag'];

type MaintenanceWord =
  | 'calibration'
  | 'clock'
  | 'clockMoved'
  | 'synchronised'
  | 'yes'
  | 'no'
  | 'none'
  | 'uplink'
  | 'connected'
  | 'notConnected'
  | 'waiting'
  | 'sent'
  | 'quarantined'
  | 'store'
  | 'uncommitted'
  | 'gone'
  | 'uptime'
  | 'version'
  | 'screen'
  | 'noFaults'
  | 'timeUnknown'
  | 'touchExplain'
  | 'displayExplain'
  | 'soundExplain'
  | 'begin'
  | 'finish';

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
