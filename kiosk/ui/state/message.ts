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
import {
  type Check,
  digits,
  each,
  flag,
  list,
  moment,
  number,
  oneOf,
  orNull,
  shape,
  text,
} from './checks.js';
import { content } from './content-message.js';
import { help } from './help-message.js';
import { type LifeHeard, life } from './life-message.js';

/** What the page hears of; of the summary it reads a part. */
type Heard = Omit<ServerEvents, 'life'> & { life: LifeHeard };

/** One message of the event stream, under its name. */
export type Message = {
  [Name in keyof Heard]: { name: Name; data: Heard[Name] };
}[keyof Heard];

export type MessageName = Message['name'];

const site = shape<SiteNow>({
  id: text,
  name: each(text),
  timeZone: text,
  languages: list(text),
  pxPerMm: number,
  panelBottom: number,
  voice: shape<SiteNow['voice']>({
    volume: number,
    night: shape<SiteNow['voice']['night']>({ from: number, to: number, volume: number }),
  }),
});

const problem = shape<ProblemNow>({ code: text, message: text, hint: text, since: moment });

const stream = shape<StreamNow>({
  stream: text,
  sensor: text,
  property: text,
  name: each(text),
  unit: text,
  symbol: text,
  digits,
  value: orNull(number),
  time: orNull(moment),
  age: orNull(number),
  staleAfter: number,
  quality: number,
  flag: oneOf('pass', 'notEvaluated', 'suspect', 'fail', 'missing'),
  doubts: list(text),
  state: oneOf('fresh', 'stale', 'doubtful', 'faulty', 'missing'),
  calibration: orNull(number),
  correction: orNull(text),
});

const sensor = shape<SensorNow>({
  sensor: text,
  driver: text,
  title: text,
  state: oneOf('starting', 'ok', 'failing'),
  problem: orNull(problem),
});

const input = shape<InputNow>({ input: text, driver: text, state: orNull(text), since: orNull(moment) });

export const eventDetail = each(
  (value): value is string | number | boolean => text(value) || number(value) || flag(value),
);

const checks: { [Name in MessageName]: Check<Heard[Name]> } = {
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
    detail: eventDetail,
  }),
  life,
  content,
  help,
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
