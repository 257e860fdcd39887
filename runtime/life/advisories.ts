import type { PropertyId } from '../../config/catalogue/properties.js';
import { type Pollutant, pollutants } from '../indices/air/concentration.js';
import { pmAlertKr } from '../indices/air/pm-alert-kr.js';
import type { Absence } from '../indices/definition.js';
import { evaluate } from '../indices/evaluate.js';
import { type AdvisoryLevel, type AdvisoryResult, highest } from '../indices/weather/advisory.js';
import { coldAdvisory } from '../indices/weather/cold-advisory.js';
import { heatAdvisory } from '../indices/weather/heat-advisory.js';
import { kmaFeelsLike } from '../indices/weather/kma-feels-like.js';
import type { Facts, PastHour } from './facts.js';

/** Whether something is to be announced, after what was measured here. */
export interface Announcement {
  /** What it is about, where it is about one pollutant. */
  of: Pollutant | undefined;
  result: AdvisoryResult;
  /** The properties behind it. */
  from: readonly PropertyId[];
}

type Announcer = (facts: Facts) => readonly Announcement[];

/** By the ids that profiles know them by. */
export const announcers: Readonly<Record<string, Announcer>> = {
  'pm-alert-kr': (facts) =>
    pollutants.map((pollutant) => ({
      of: pollutant,
      result: particleAlert(pollutant, facts.longHours(pollutant)),
      from: [pollutant],
    })),
  'heat-advisory': (facts) => [
    { of: undefined, result: heat(facts), from: ['temperature', 'humidity'] as const },
  ],
  'cold-advisory': (facts) => [{ of: undefined, result: cold(facts), from: ['temperature'] as const }],
};

/** Local hours, the first included, the last not: when mornings are coldest, and from when on a day cools down. */
const morning = { from: 3, to: 9 };
const evening = 18;

/** The formula of the summer holds from May to September. */
const summer = { first: 5, last: 9 };

/** As for the means of hours. */
const coverage = 0.75;

function particleAlert(
  pollutant: Pollutant,
  values: readonly (number | undefined)[] | undefined,
): AdvisoryResult {
  const result = evaluate(pmAlertKr, { pollutant, values });
  if ('absent' in result) return result;
  return { level: levels[result.value] ?? 'none' };
}

const levels: readonly AdvisoryLevel[] = ['none', 'advisory', 'warning'];

/**
 * A day that has not come to its evening may still become hotter: until then, what the days before it gave lasts, and
 * what it has reached already counts.
 */
function heat(facts: Facts): AdvisoryResult {
  const { local } = facts;
  if (!local) return unknownTime;
  if (local.month < summer.first || local.month > summer.last)
    return { absent: { code: 'not-applicable', reason: 'It is judged from May to September only.' } };
  const hours = facts.pastHours('temperature', 'humidity', 'wind_speed');
  const greatest = (daysAgo: number) => extreme(hours, local.day - daysAgo, Math.max, feelsLike);
  const yesterday = greatest(1);
  const today = heatAdvisory([yesterday, greatest(0)]);
  return local.hour >= evening ? today : either(heatAdvisory([greatest(2), yesterday]), today);
}

/** The last two mornings that are over. */
function cold(facts: Facts): AdvisoryResult {
  const { local } = facts;
  if (!local) return unknownTime;
  const hours = facts
    .pastHours('temperature')
    .filter((each) => each.hour >= morning.from && each.hour < morning.to);
  const last = local.hour >= morning.to ? local.day : local.day - 1;
  const least = (day: number) => extreme(hours, day, Math.min, ({ means }) => means.temperature);
  return coldAdvisory({ minima: [least(last - 1), least(last)], month: local.month });
}

function feelsLike({ month, means }: PastHour): number | undefined {
  const result = evaluate(kmaFeelsLike, { ...means, month });
  return 'value' in result ? result.value : undefined;
}

/** Of the past hours of one day; undefined where too many of them have no value. */
function extreme(
  hours: readonly PastHour[],
  day: number,
  of: (...values: number[]) => number,
  measure: (hour: PastHour) => number | undefined,
): number | undefined {
  const own = hours.filter((each) => each.day === day);
  const values = own.map(measure).filter((value) => value !== undefined);
  return values.length > 0 && values.length >= coverage * own.length ? of(...values) : undefined;
}

function either(one: AdvisoryResult, other: AdvisoryResult): AdvisoryResult {
  if ('absent' in one) return other;
  return 'absent' in other ? one : { level: highest(one.level, other.level) };
}

const unknownTime: { absent: Absence } = {
  absent: { code: 'input-missing', input: 'time', reason: 'The clock is not set; it tells which day it is.' },
};
