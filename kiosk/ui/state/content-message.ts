import type { Content } from '../../../runtime/api/contract.js';
import {
  type Check,
  each,
  flag,
  list,
  moment,
  number,
  oneOf,
  optional,
  orNull,
  shape,
  text,
} from './checks.js';

type Sent<Kind extends keyof Content> = NonNullable<Content[Kind]>;
type Body<Kind extends keyof Content> = Sent<Kind>['body'];

export type Arrival = Body<'arrivals'>['arrivals'][number];
export type Route = Body<'routes'>['routes'][number];
export type Notice = Body<'notices'>['notices'][number];
export type OfficialValue = Body<'air'>['values'][number];
export type EmergencyMessage = Body<'emergency'>['messages'][number];

const arrival = shape<Arrival>({
  line: text,
  destination: each(text),
  route: optional(text),
  expected: moment,
  scheduled: optional(moment),
  basis: oneOf('live', 'timetable'),
  asOf: moment,
  status: oneOf('running', 'delayed', 'cancelled'),
  stopsAway: optional(number),
  crowding: optional(oneOf('empty', 'seats', 'standing', 'full')),
  lowFloor: optional(flag),
  lastOfDay: flag,
  detour: flag,
});

const route = shape<Route>({
  id: text,
  line: text,
  destination: each(text),
  stops: list(shape<Route['stops'][number]>({ name: each(text), here: flag, transfers: list(text) })),
  firstBus: optional(moment),
  lastBus: optional(moment),
});

const notice = shape<Notice>({
  id: text,
  severity: oneOf('information', 'warning'),
  title: each(text),
  text: optional(each(text)),
});

/** The page knows more properties than it can name: the shelter's catalogue is the narrower one. */
const property = text as Check<OfficialValue['property']>;

const officialAir = shape<Body<'air'>>({
  station: each(text),
  source: each(text),
  values: list(shape<OfficialValue>({ property, value: number, time: moment })),
  absent: list(
    shape<Body<'air'>['absent'][number]>({ property, why: oneOf('maintenance', 'communication', 'unknown') }),
  ),
});

const emergency = shape<EmergencyMessage>({
  id: text,
  status: oneOf('actual', 'exercise'),
  severity: oneOf('extreme', 'severe', 'moderate', 'minor'),
  headline: each(text),
  description: optional(each(text)),
  instruction: optional(each(text)),
  sender: each(text),
});

interface SentBody<T> {
  issued: string;
  expires: string;
  signedBy: string | null;
  sources: string[];
  body: T;
}

function sent<T>(body: Check<T>): Check<SentBody<T> | null> {
  return orNull(
    shape<SentBody<T>>({
      issued: moment,
      expires: moment,
      signedBy: orNull(text),
      sources: list(text),
      body,
    }),
  );
}

/** What was not sensed here. */
export const content = shape<Content>({
  arrivals: sent(shape<Body<'arrivals'>>({ arrivals: list(arrival) })),
  routes: sent(shape<Body<'routes'>>({ routes: list(route) })),
  notices: sent(shape<Body<'notices'>>({ notices: list(notice) })),
  air: sent(officialAir),
  emergency: sent(shape<Body<'emergency'>>({ messages: list(emergency) })),
});
