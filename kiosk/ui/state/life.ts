import type { Life, StreamNow } from '../../../runtime/api/contract.js';
import type { LifeHeard, LifeInputHeard } from './life-message.js';
import type { Heard, Link } from './live.js';

/** What the numbers mean for people, in no language yet. */
export interface LifeOnBoard {
  /** False once nobody confirms it. */
  isNow: boolean;
  /** Seconds since it was told last. */
  age: number;
  air: {
    title: Texts;
    grade: Grade | undefined;
    basis: Life['air']['basis'];
    /** The concentration that decides the grade. */
    figure: AirFigure | undefined;
    /** For everyone. */
    advice: Texts | undefined;
    forGroups: readonly Advice[];
    lack: Lacking | undefined;
  };
  felt: {
    shows: Life['feelsLike']['shows'];
    /** In the unit that people here read. */
    value: number | undefined;
    symbol: string;
    /** Of the temperature in it, in seconds. */
    age: number | undefined;
    /** What the temperature is called. */
    temperature: Texts;
    grade: Grade | undefined;
    /** For everyone. */
    advice: Texts | undefined;
    forGroups: readonly Advice[];
    /** Why there is no index. */
    lack: Lacking | undefined;
  };
  alerts: readonly AlertOnBoard[];
  /** What the law wants said beside particulate values. */
  statement: Texts | undefined;
}

/** What to do, for one group of people. */
export type Advice = LifeHeard['air']['advice'][number];

/** How much there is of one pollutant. */
export interface AirFigure {
  property: string;
  name: Texts;
  /** In µg/m³. */
  value: number;
  basis: NonNullable<Life['air']['basis']>;
}

/** One announcement, whatever number of pollutants it is about. */
export interface AlertOnBoard {
  alert: string;
  level: Level;
  /** The names of those. */
  of: readonly Texts[];
  grade: Grade | undefined;
  advice: Texts | undefined;
}

export interface Grade {
  id: string;
  word: Texts;
  colour: string;
  ink: string;
}

/** Why there is no value: the code of the absence, and the input that is lacking, where it is one. */
export interface Lacking {
  code: NonNullable<Life['air']['absent']>['code'];
  input:
    | { name: Texts; why: NonNullable<Life['inputs'][number]['why']>; doubts: readonly string[] }
    | undefined;
}

type Level = Life['alerts'][number]['level'];

type Texts = Readonly<Record<string, string>>;

/** @param instant now, in ms on the page's monotonic time */
export function lifeOnBoard({
  life: { what: life, at },
  streams,
  link,
  instant,
}: {
  life: Heard<LifeHeard>;
  streams: readonly Heard<StreamNow>[];
  link: Link;
  instant: number;
}): LifeOnBoard {
  const { air, feelsLike, inputs, statement, units } = life;
  const silence = Math.max(0, instant - at) / 1_000;
  const { factor, offset, symbol } = units.temperature;
  const temperature = inputs.find(({ property }) => property === 'temperature');
  return {
    isNow: link === 'live',
    age: silence,
    air: {
      title: air.title,
      grade: gradeOf(air),
      basis: air.basis,
      figure: figureOf(air, inputs),
      advice: forEveryone(air),
      forGroups: air.advice,
      lack: lackingOf(air, inputs),
    },
    felt: {
      shows: feelsLike.shows,
      value: feelsLike.value === null ? undefined : feelsLike.value * factor + offset,
      symbol,
      age: temperature && ageOf(temperature, silence, streams, instant),
      temperature: temperature?.name ?? {},
      grade: feelsLike.index ? gradeOf(feelsLike.index) : undefined,
      advice: feelsLike.index ? forEveryone(feelsLike.index) : undefined,
      forGroups: feelsLike.index?.advice ?? [],
      lack: feelsLike.index ? lackingOf(feelsLike.index, inputs) : undefined,
    },
    alerts: alertsOnBoard(life),
    statement: statement?.text,
  };
}

/** What is to be announced after what was measured here. */
export function alertsOnBoard({ alerts, inputs }: Pick<LifeHeard, 'alerts' | 'inputs'>): AlertOnBoard[] {
  const announced = new Map<string, AlertOnBoard>();
  for (const { alert, of, level, shown, advice } of alerts) {
    const key = `${alert} ${level}`;
    const name = inputs.find(({ property }) => property === of)?.name;
    const before = announced.get(key)?.of ?? [];
    announced.set(key, {
      alert,
      level,
      of: name ? [...before, name] : before,
      grade: gradeOf({ grade: level, shown }),
      advice: forEveryone({ advice }),
    });
  }
  return [...announced.values()];
}

function figureOf(
  { grade, parts }: LifeHeard['air'],
  inputs: readonly LifeInputHeard[],
): AirFigure | undefined {
  const part = parts.find((one) => grade !== null && one.grade === grade) ?? parts[0];
  if (!part) return undefined;
  const { property, value, basis } = part;
  return { property, value, basis, name: inputs.find((input) => input.property === property)?.name ?? {} };
}

function gradeOf({ grade, shown }: Pick<LifeHeard['air'], 'grade' | 'shown'>): Grade | undefined {
  return grade !== null && shown ? { id: grade, ...shown } : undefined;
}

function forEveryone({ advice }: Pick<LifeHeard['air'], 'advice'>): Texts | undefined {
  return advice.find(({ group }) => group === 'everyone')?.text;
}

/** A sensor that fails tells more than one that was never there. */
function lackingOf(
  { absent }: Pick<LifeHeard['air'], 'absent'>,
  inputs: readonly LifeInputHeard[],
): Lacking | undefined {
  if (!absent) return undefined;
  const { code, lacks } = absent;
  const lack = lacks.find(({ why }) => why !== 'no-sensor') ?? lacks[0];
  const input = inputs.find(({ property }) => property === lack?.property);
  if (!lack || !input) return { code, input: undefined };
  const { why } = lack;
  const doubts = input.sensors.find((sensor) => sensor.why === why)?.doubts ?? [];
  return { code, input: { name: input.name, why, doubts } };
}

/** The summary is told when it changes, a stream with each reading: where that is the same one it knows better. */
function ageOf(
  { property, sensor, age }: LifeInputHeard,
  silence: number,
  streams: readonly Heard<StreamNow>[],
  instant: number,
): number | undefined {
  if (age === null) return undefined;
  const stream = streams.find(({ what }) => what.property === property && what.sensor === sensor);
  if (stream?.what.state !== 'fresh' || stream.what.age === null) return age + silence;
  return stream.what.age + Math.max(0, instant - stream.at) / 1_000;
}
