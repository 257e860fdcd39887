import type { Life } from '../../../runtime/api/contract.js';
import { type Check, digits, each, list, number, oneOf, orNull, shape, text } from './checks.js';

type Air = Life['air'];
type Index = NonNullable<Life['feelsLike']['index']>;
type Alert = Life['alerts'][number];
type Input = Life['inputs'][number];
type Absent = NonNullable<Air['absent']>;

/** What the page reads of the summary of what the numbers mean. */
export interface LifeHeard {
  air: Pick<Air, 'title' | 'grade' | 'shown' | 'absent' | 'basis' | 'advice'> & { parts: AirPartHeard[] };
  bands: BandHeard[];
  feelsLike: Pick<Life['feelsLike'], 'shows' | 'value'> & {
    index: Pick<Index, 'title' | 'grade' | 'shown' | 'absent' | 'advice'> | null;
  };
  alerts: Pick<Alert, 'alert' | 'of' | 'level' | 'shown' | 'advice'>[];
  inputs: LifeInputHeard[];
  statement: Pick<NonNullable<Life['statement']>, 'text'> | null;
  units: Pick<Life['units'], 'temperature'>;
}

export type AirPartHeard = Pick<
  Air['parts'][number],
  'property' | 'value' | 'basis' | 'sensor' | 'grade' | 'shown'
>;

export type BandHeard = Life['bands'][number];

export interface LifeInputHeard
  extends Pick<Input, 'property' | 'name' | 'symbol' | 'digits' | 'sensor' | 'age'> {
  sensors: Pick<Input['sensors'][number], 'sensor' | 'why' | 'doubts'>[];
}

const colour: Check<string> = (value): value is string => text(value) && /^#[0-9a-f]{6}$/i.test(value);

const shownGrade = shape<NonNullable<Air['shown']>>({ word: each(text), colour, ink: colour });
const shown = orNull(shownGrade);

const advice = list(
  shape<Air['advice'][number]>({
    group: oneOf('everyone', 'sensitive', 'outdoorWorkers'),
    whom: each(text),
    text: each(text),
  }),
);

const why = oneOf('no-sensor', 'missing', 'stale', 'suspect', 'fail', 'not-evaluated');

const absent = orNull(
  shape<Absent>({
    code: oneOf('input-missing', 'input-out-of-range', 'too-few-hours', 'not-applicable'),
    input: orNull(text),
    reason: text,
    lacks: list(shape<Absent['lacks'][number]>({ property: text, why })),
  }),
);

const index = { title: each(text), grade: orNull(text), shown, absent, advice };

const basis = oneOf('hour', '24h-estimate', 'nowcast', 'day', 'so-far', 'latest');

const input = shape<LifeInputHeard>({
  property: text,
  name: each(text),
  symbol: text,
  digits,
  sensor: orNull(text),
  age: orNull(number),
  sensors: list(
    shape<LifeInputHeard['sensors'][number]>({ sensor: text, why: orNull(why), doubts: list(text) }),
  ),
});

export const life = shape<LifeHeard>({
  air: shape<LifeHeard['air']>({
    ...index,
    basis: orNull(basis),
    parts: list(
      shape<AirPartHeard>({ property: text, value: number, basis, sensor: text, grade: orNull(text), shown }),
    ),
  }),
  bands: list(
    shape<BandHeard>({ property: text, grade: text, from: number, to: orNull(number), shown: shownGrade }),
  ),
  feelsLike: shape<LifeHeard['feelsLike']>({
    shows: oneOf('index', 'temperature', 'nothing'),
    value: orNull(number),
    index: orNull(shape<NonNullable<LifeHeard['feelsLike']['index']>>(index)),
  }),
  alerts: list(
    shape<LifeHeard['alerts'][number]>({
      alert: text,
      of: orNull(text),
      level: oneOf('advisory', 'warning'),
      shown,
      advice,
    }),
  ),
  inputs: list(input),
  statement: orNull(shape<NonNullable<LifeHeard['statement']>>({ text: each(text) })),
  units: shape<LifeHeard['units']>({
    temperature: shape<LifeHeard['units']['temperature']>({ symbol: text, factor: number, offset: number }),
  }),
});
