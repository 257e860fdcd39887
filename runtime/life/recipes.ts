import type { PropertyId } from '../../config/catalogue/properties.js';
import type { Basis } from '../api/life.js';
import { type Pollutant, pollutants } from '../indices/air/concentration.js';
import { nowcast } from '../indices/air/nowcast.js';
import { pm24hEstimate } from '../indices/air/pm24h-estimate.js';
import type { Absence, IndexDefinition, IndexResult } from '../indices/definition.js';
import { evaluate } from '../indices/evaluate.js';
import { dewPoint } from '../indices/weather/dew-point.js';
import type { Concentration, Facts } from './facts.js';

/** What an index is worked out from at a stop. */
export interface Serving {
  /** The pollutant that it is about, where there is one serving for each. */
  of: Pollutant | undefined;
  /** By the names of the index's inputs; undefined what there is not. */
  given: Readonly<Record<string, unknown>>;
  /** The properties behind them. */
  from: readonly PropertyId[];
  /** How what is given of each pollutant is known. */
  parts?: Parts;
  /** Why there is nothing to give, where the index cannot know. */
  because?: Absence | undefined;
}

export type Parts = Readonly<Partial<Record<Pollutant, Concentration>>>;

type Recipe = (facts: Facts) => readonly Serving[];

/** By the ids of the indices. */
export const recipes: Readonly<Record<string, Recipe>> = {
  'pm-grade-kr': particlesNow,
  eaqi: particlesNow,
  cai: particlesOfHours('24h-estimate', byIndex(pm24hEstimate)),
  'us-aqi': particlesOfHours('nowcast', byIndex(nowcast)),
  'who-exceedance': particlesOfHours('day', (_, hours) => meanOfDay(hours)),
  'pm24h-estimate': eachPollutant((facts, pollutant) => facts.hours(pollutant)?.hours),
  nowcast: eachPollutant((facts, pollutant) => facts.hours(pollutant)?.hours),
  'pm-alert-kr': eachPollutant((facts, pollutant) => facts.longHours(pollutant)),
  'kma-feels-like': (facts) => {
    const month = facts.local?.month;
    const isSummer = month !== undefined && month >= 5 && month <= 9;
    const from: PropertyId[] = ['temperature', isSummer ? 'humidity' : 'wind_speed'];
    const wind_speed = facts.now('wind_speed');
    return [{ of: undefined, given: { ...airOf(facts), wind_speed, month }, from }];
  },
  'wind-chill': (facts) => {
    const wind = facts.now('wind_speed');
    const given = {
      temperature: facts.now('temperature'),
      wind_kmh: wind === undefined ? undefined : wind * 3.6,
    };
    return [{ of: undefined, given, from: ['temperature', 'wind_speed'] }];
  },
  humidex: (facts) => {
    const given = { temperature: facts.now('temperature'), dew_point: numberOf(dewPoint, airOf(facts)) };
    return [{ of: undefined, given, from: ['temperature', 'humidity'] }];
  },
  discomfort: moistAir,
  'nws-heat-index': moistAir,
  'dew-point': moistAir,
  'wet-bulb': moistAir,
};

/** Three quarters of a day's hours, as for the hours themselves. */
const hoursOfDay = { of: 24, needed: 18 };

function moistAir(facts: Facts): Serving[] {
  return [{ of: undefined, given: airOf(facts), from: ['temperature', 'humidity'] }];
}

function airOf(facts: Facts) {
  return { temperature: facts.now('temperature'), humidity: facts.now('humidity') };
}

/** One serving of all pollutants, each as it is now. */
function particlesNow(facts: Facts): Serving[] {
  const parts: Partial<Record<Pollutant, Concentration>> = {};
  for (const pollutant of pollutants) {
    const part = facts.airNow(pollutant);
    if (part) parts[pollutant] = part;
  }
  return [servingOf(parts)];
}

type OfHours = (pollutant: Pollutant, hours: readonly (number | undefined)[]) => IndexResult;

/** One serving of all pollutants, each as its past hours make it. */
function particlesOfHours(basis: Basis, amount: OfHours): Recipe {
  return (facts) => {
    const parts: Partial<Record<Pollutant, Concentration>> = {};
    let because: Absence | undefined;
    for (const pollutant of pollutants) {
      const past = facts.hours(pollutant);
      if (!past) continue;
      const result = amount(pollutant, past.hours);
      if ('value' in result) {
        parts[pollutant] = { value: result.value, basis, sensor: past.sensor, count: null };
      } else because ??= result.absent;
    }
    const isEmpty = Object.keys(parts).length === 0;
    return [{ ...servingOf(parts), ...(isEmpty && { because }) }];
  };
}

function servingOf(parts: Parts): Serving {
  const given = Object.fromEntries(pollutants.map((pollutant) => [pollutant, parts[pollutant]?.value]));
  return { of: undefined, given, from: pollutants, parts };
}

/** A serving for each pollutant. */
function eachPollutant(values: (facts: Facts, pollutant: Pollutant) => unknown): Recipe {
  return (facts) =>
    pollutants.map((pollutant) => ({
      of: pollutant,
      given: { pollutant, values: values(facts, pollutant) },
      from: [pollutant],
    }));
}

function byIndex(definition: IndexDefinition): OfHours {
  return (pollutant, values) => evaluate(definition, { pollutant, values });
}

function numberOf(definition: IndexDefinition, given: Readonly<Record<string, unknown>>): number | undefined {
  const result = evaluate(definition, given);
  return 'value' in result ? result.value : undefined;
}

function meanOfDay(hours: readonly (number | undefined)[]): IndexResult {
  const { of, needed } = hoursOfDay;
  const there = hours.slice(0, of).filter((mean) => mean !== undefined);
  if (there.length < needed) {
    const reason = `There is a mean for ${there.length} of the past ${of} hours; expected at least ${needed}.`;
    return { absent: { code: 'too-few-hours', reason } };
  }
  return { value: there.reduce((sum, mean) => sum + mean, 0) / there.length };
}
