/** What the numbers mean: everything that a screen needs to tell people of the air and the weather at a stop. */
import { z } from 'zod';
import { type Certification, certifications } from '../../config/catalogue/certification.js';
import { type Group, groups } from '../../config/profiles/profile.js';

const localized = z.record(z.string(), z.string()).describe('By language tag, in the languages of the site.');
const time = z.iso.datetime().describe('UTC.');

/** Why no sensor vouches for a value of a property. */
export const lack = z
  .enum(['no-sensor', 'missing', 'stale', 'suspect', 'fail', 'not-evaluated'])
  .describe(
    'no-sensor: none measures it; missing: none has given a value yet; stale: the last one is too old; suspect, fail and not-evaluated: how the quality tests flagged the last one.',
  );

export const absence = z.object({
  code: z.enum(['input-missing', 'input-out-of-range', 'too-few-hours', 'not-applicable']),
  input: z.string().nullable().describe('The input at fault, where it is one.'),
  reason: z.string().describe('In English.'),
  lacks: z
    .array(z.object({ property: z.string(), why: lack }))
    .describe('Of the properties that it is made from, those that no sensor vouches for.'),
});

const shown = z.object({
  word: localized,
  colour: z.string().describe('Of the ground, as #rrggbb.'),
  ink: z.string().describe('Of text on it, as #rrggbb.'),
});

const indexFields = {
  index: z.string().describe('As `ushelter index list` names it.'),
  of: z.string().nullable().describe('The pollutant that it is about, where it is about one.'),
  title: localized,
  value: z.number().nullable(),
  unit: z.string().nullable().describe('The catalogue’s unit id; null for a mere number.'),
  symbol: z.string().describe('The unit as people read it.'),
  grade: z.string().nullable().describe('As the index names it.'),
  shown: shown.nullable().describe('How the site’s profile shows the grade.'),
  standard: z.string(),
  source: z.string(),
  absent: absence.nullable().describe('Why there is no value; null where there is one.'),
};

const advice = z.array(
  z.object({
    group: z.enum(Object.keys(groups) as [Group, ...Group[]]),
    whom: localized,
    text: localized,
  }),
);

const adviceFields = {
  advice: advice.describe('What to do about the grade; none without one.'),
  sources: z.array(z.string()).describe('The guidance that the advice follows.'),
};

export const indexNow = z.object(indexFields);

export const headline = z.object({ ...indexFields, ...adviceFields });

/** The surest first. */
export const basis = z
  .enum(['hour', '24h-estimate', 'nowcast', 'day', 'so-far', 'latest'])
  .describe(
    'What a concentration is: the mean of the last clock hour, an estimate from past hours, the mean of 24 of them, the mean of what the past 60 minutes have so far, or the last value alone. Hours have at least 75 % of their readings.',
  );

export const airPart = z.object({
  property: z.string(),
  value: z.number().describe('The concentration, in µg/m³.'),
  basis,
  count: z.int().nullable().describe('Readings in it; null where it is made of whole hours.'),
  sensor: z.string(),
  grade: z.string().nullable().describe('Of this pollutant alone.'),
  shown: shown.nullable(),
});

export const lifeInput = z.object({
  property: z.string(),
  name: localized,
  unit: z.string(),
  symbol: z.string(),
  digits: z.int(),
  value: z
    .number()
    .nullable()
    .describe('The last value that passed all quality tests, as long as it is not stale; otherwise null.'),
  age: z.number().nullable().describe('Seconds since then.'),
  sensor: z
    .string()
    .nullable()
    .describe('Whose it is: the first, in the order of the site, that has such a one.'),
  why: lack.nullable().describe('Why there is none, after the first sensor of the site that measures it.'),
  sensors: z
    .array(
      z.object({
        sensor: z.string(),
        value: z.number().nullable().describe('The last value, however it was flagged.'),
        age: z.number().nullable().describe('Seconds since then.'),
        flag: z.enum(['pass', 'notEvaluated', 'suspect', 'fail', 'missing']),
        doubts: z.array(z.string()).describe('The quality tests that doubted it.'),
        why: lack.nullable().describe('Why it is passed over; null where it could be taken.'),
      }),
    )
    .describe('All that measure it, in the order of the site.'),
});

export const alertNow = z.object({
  alert: z.string(),
  of: z.string().nullable().describe('The pollutant that it is about, where it is about one.'),
  level: z.enum(['advisory', 'warning']),
  shown: shown.nullable(),
  ...adviceFields,
});

export const statement = z.object({
  text: localized.describe('The whole of it: to be shown beside the values.'),
  meters: z.array(
    z.object({
      sensor: z.string(),
      certification: z
        .enum(Object.keys(certifications) as [Certification, ...Certification[]])
        .nullable()
        .describe('As the site file has it; null where it says nothing.'),
    }),
  ),
});

const displayUnit = z.object({
  symbol: z.string(),
  factor: z.number().describe('Multiplies a value in the catalogue’s unit, °C or m/s;'),
  offset: z.number().describe('is added then.'),
});

export const life = z.object({
  time: time.describe('When this was worked out: ages are as of then.'),
  synchronised: z.boolean().describe('Whether the wall time is believed; otherwise no past hours are known.'),
  profile: z.string(),
  air: headline
    .extend({
      basis: basis.nullable().describe('Of the least sure of its parts; null where there is no value.'),
      parts: z.array(airPart).describe('What it is made from, by pollutant.'),
    })
    .describe('The grade of the air. It is that of the profile’s own index and no other’s.'),
  bands: z
    .array(
      z.object({
        property: z.string(),
        grade: z.string(),
        from: z.number().describe('In µg/m³.'),
        to: z.number().nullable().describe('The most that it holds; null where it has no end.'),
        shown,
      }),
    )
    .describe('Between which concentrations the grades of the air lie, from the least to the greatest.'),
  feelsLike: z.object({
    shows: z
      .enum(['index', 'temperature', 'nothing'])
      .describe('Where no index can be had, the temperature stands for it.'),
    value: z.number().nullable().describe('In °C.'),
    index: headline
      .nullable()
      .describe(
        'The first of the profile’s that has a value; otherwise the first of them, with why it has none.',
      ),
  }),
  weather: z.array(headline).describe('The other indices of the weather that the profile has words for.'),
  indices: z.array(indexNow).describe('Every index of the profile.'),
  alerts: z.array(alertNow).describe('What is to be announced now, after what was measured here.'),
  unjudged: z
    .array(z.object({ alert: z.string(), of: z.string().nullable(), absent: absence }))
    .describe('Alerts of which nobody can tell.'),
  inputs: z.array(lifeInput).describe('What all of this is made from.'),
  statement: statement
    .nullable()
    .describe('What the law asks for beside a simple meter’s values; null where no particles are measured.'),
  units: z
    .object({ temperature: displayUnit, wind: displayUnit })
    .describe('What people here read temperatures and winds in.'),
});

export type Lack = z.infer<typeof lack>;
export type AbsenceNow = z.infer<typeof absence>;
export type GradeNow = z.infer<typeof shown>;
export type IndexNow = z.infer<typeof indexNow>;
export type Headline = z.infer<typeof headline>;
export type Basis = z.infer<typeof basis>;
export type AirPart = z.infer<typeof airPart>;
export type LifeInput = z.infer<typeof lifeInput>;

export type Statement = z.infer<typeof statement>;
export type Life = z.infer<typeof life>;
