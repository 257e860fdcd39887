import { defineIndex, type IndexResult } from '../definition.js';
import { optionalConcentration } from './concentration.js';

/** The guideline for 24 hours and the interim targets on the way to it, in µg/m³, each met up to and including it. */
const targets = {
  pm2_5: { guideline: 15, 'interim-4': 25, 'interim-3': 37.5, 'interim-2': 50, 'interim-1': 75 },
  pm10: { guideline: 45, 'interim-4': 50, 'interim-3': 75, 'interim-2': 100, 'interim-1': 150 },
  no2: { guideline: 25, 'interim-2': 50, 'interim-1': 120 },
} as const;

type Part = keyof typeof targets;
const parts = Object.keys(targets) as Part[];

const grades = ['guideline', 'interim-4', 'interim-3', 'interim-2', 'interim-1', 'above-interim-1'] as const;
type GradeId = (typeof grades)[number];

/** How many times the guideline the worst pollutant is, and the strictest target that all of them meet. */
export const whoExceedance = defineIndex({
  id: 'who-exceedance',
  title: {
    en: 'WHO guideline exceedance',
    ko: 'WHO 권고기준 초과',
    ja: 'WHO指針値の超過',
    zh: '超出WHO准则值',
    vi: 'Vượt khuyến nghị của WHO',
    ne: 'WHO मापदण्ड नाघेको',
    sw: 'Kuzidi mwongozo wa WHO',
  },
  unit: undefined,
  inputs: {
    pm2_5: optionalConcentration('PM2.5, the mean of 24 hours', targets.pm2_5),
    pm10: optionalConcentration('PM10, the mean of 24 hours', targets.pm10),
    no2: optionalConcentration('Nitrogen dioxide, the mean of 24 hours', targets.no2),
  },
  grades: grades.map((id) => ({ id })),
  standard: 'WHO global air quality guidelines 2021, 24 h',
  source: 'https://iris.who.int/handle/10665/345329',
  compute(means): IndexResult {
    const judged = parts.flatMap((part) => {
      const mean = means[part];
      return mean === undefined
        ? []
        : [{ times: mean / targets[part].guideline, met: strictestMet(part, mean) }];
    });
    if (judged.length === 0) {
      const reason = `There is no mean; expected at least one of ${parts.join(', ')}.`;
      return { absent: { code: 'input-missing', reason } };
    }
    const value = Math.max(...judged.map(({ times }) => times));
    const worst = Math.max(...judged.map(({ met }) => grades.indexOf(met)));
    const grade = grades[worst];
    return { value, ...(grade && { grade }) };
  },
});

function strictestMet(part: Part, mean: number): GradeId {
  const levels = Object.entries(targets[part]) as [GradeId, number][];
  return levels.find(([, most]) => mean <= most)?.[0] ?? 'above-interim-1';
}
