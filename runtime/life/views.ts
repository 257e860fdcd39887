import type { PropertyId } from '../../config/catalogue/properties.js';
import { units } from '../../config/catalogue/units.js';
import type { AbsenceNow, AirPart, Headline, IndexNow } from '../api/life.js';
import { type Pollutant, pollutants } from '../indices/air/concentration.js';
import type { Absence } from '../indices/definition.js';
import { evaluate } from '../indices/evaluate.js';
import { roundHalfUp } from '../indices/rounding.js';
import type { Concentration } from './facts.js';
import { lackOfProperty, type Standing } from './standing.js';
import type { Wording } from './wording.js';
import { gradeOf, numberOf, type Worked } from './work.js';

/** How what was worked out looks to those who ask: the contract's words. */
export interface Views {
  index(worked: Worked): IndexNow;
  headline(worked: Worked): Headline;
  /** The pollutants of an index of the air, each with the grade that it has alone. */
  parts(worked: Worked): AirPart[];
  absence(absent: Absence, from: readonly PropertyId[]): AbsenceNow;
}

/** To what a person can tell apart, and a little more. */
export function shortened(value: number): number {
  return roundHalfUp(value, 2);
}

export function viewsOf(standings: readonly Standing[], wording: Wording): Views {
  function absence({ code, input, reason }: Absence, from: readonly PropertyId[]): AbsenceNow {
    const lacks = from.flatMap((property) => {
      const why = lackOfProperty(standings, property);
      return why ? [{ property, why }] : [];
    });
    return { code, input: input ?? null, reason, lacks };
  }

  function index({ definition, serving, result }: Worked): IndexNow {
    const { id, title, unit, standard, source } = definition;
    const value = numberOf(result);
    const grade = gradeOf(result);
    return {
      index: id,
      of: serving.of ?? null,
      title: wording.words(title),
      value: value === null ? null : shortened(value),
      unit: unit ?? null,
      symbol: unit === undefined ? '' : units[unit].symbol,
      grade,
      shown: wording.shown(id, grade),
      standard,
      source,
      absent: 'absent' in result ? absence(result.absent, serving.from) : null,
    };
  }

  function part({ definition, serving }: Worked, pollutant: Pollutant, known: Concentration): AirPart {
    const alone = pollutants.filter((each) => each !== pollutant).map((each) => [each, undefined]);
    const grade = gradeOf(evaluate(definition, { ...serving.given, ...Object.fromEntries(alone) }));
    return {
      property: pollutant,
      ...known,
      value: shortened(known.value),
      grade,
      shown: wording.shown(definition.id, grade),
    };
  }

  return {
    index,
    headline: (worked) => ({
      ...index(worked),
      ...wording.advice(worked.definition.id, gradeOf(worked.result)),
    }),
    parts: (worked) =>
      pollutants.flatMap((pollutant) => {
        const known = worked.serving.parts?.[pollutant];
        return known ? [part(worked, pollutant, known)] : [];
      }),
    absence,
  };
}
