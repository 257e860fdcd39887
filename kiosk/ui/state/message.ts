import type {
  EventNow,
  InputNow,
  Now,
  ProblemNow,
  SensorNow,
  ServerEvents,
  SiteNow,
  StreamNow,
} from '../../../runtime/api/contract.js';

/** What the page hears of; what the city sends is not shown yet. */
type Heard = Omit<ServerEvents, 'content'>;

/** One message of the event stream, under its name. */
export type Message = {
  [Name in keyof Heard]: { name: Name; data: Heard[Name] };
}[keyof Heard];

export type MessageName = Message['name'];

type Check<T> = (value: unknown) => value is T;

const text: Check<string> = (value) => typeof value === 'string';
const number: Check<number> = (value): value is number => typeof value === 'number' && Number.isFinite(value);
const flag: Check<boolean> = (value) => typeof value === 'boolean';
const moment: Check<string> = (value): value is string => text(value) && !Number.isNaN(Date.parse(value));

const site = shape<SiteNow>({
  id: text,
  name: each(text),
  timeZone: text,
  languages: list(text),
  pxPerMm: number,
});

const problem = shape<ProblemNow>({ code: text, message: text, hint: text, since: moment });

const stream = shape<StreamNow>({
  stream: text,
  sensor: text,
  property: text,
  name: each(text),
  unit: text,
  symbol: text,
  digits: (value): value is number => number(value) && Number.isInteger(value) && value >= 0 && value <= 20,
  value: orNull(number),
  time: orNull(moment),
  age: orNull(number),
  staleAfter: number,
  quality: number,
  flag: oneOf('pass', 'notEvaluated', 'suspect', 'fail', 'missing'),
  state: oneOf('fresh', 'stale', 'faulty', 'missing'),
});

const sensor = shape<SensorNow>({
  sensor: text,
  driver: text,
  title: text,
  state: oneOf('starting', 'ok', 'failing'),
  problem: orNull(problem),
});

const input = shape<InputNow>({ input: text, driver: text, state: orNull(text), since: orNull(moment) });

const checks: { [Name in MessageName]: Check<ServerEvents[Name]> } = {
  now: shape<Now>({
    site,
    time: orNull(moment),
    streams: list(stream),
    sensors: list(sensor),
    inputs: list(input),
  }),
  stream,
  event: shape<EventNow>({
    kind: text,
    source: text,
    time: orNull(moment),
    detail: each((value): value is string | number | boolean => text(value) || number(value) || flag(value)),
  }),
  beat: shape<ServerEvents['beat']>({ time: orNull(moment) }),
};

export const messageNames = Object.keys(checks) as readonly MessageName[];

/** Reads what came under a name; undefined where it is not what the contract says. */
export function parseMessage(name: MessageName, json: string): Message | undefined {
  const data = parseJson(json);
  return checks[name](data) ? ({ name, data } as Message) : undefined;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shape<T>(fields: { [Key in keyof T]-?: Check<T[Key]> }): Check<T> {
  const entries = Object.entries<Check<unknown>>(fields);
  return (value): value is T => isRecord(value) && entries.every(([key, check]) => check(value[key]));
}

function list<T>(check: Check<T>): Check<T[]> {
  return (value): value is T[] => Array.isArray(value) && value.every(check);
}

function each<T>(check: Check<T>): Check<Record<string, T>> {
  return (value): value is Record<string, T> => isRecord(value) && Object.values(value).every(check);
}

function orNull<T>(check: Check<T>): Check<T | null> {
  return (value): value is T | null => value === null || check(value);
}

function oneOf<T extends string>(...choices: readonly T[]): Check<T> {
  return (value): value is T => choices.some((choice) => choice === value);
}
