import { defineIndex, type IndexResult } from '../definition.js';
import { shorten } from '../rounding.js';
import { hourlyMeans, openEnded, pollutants } from './concentration.js';
import { usGrade, usGrades, usPrecision } from './us-aqi.js';

/** However much the air changes, an hour weighs at least so much of the hour after it. */
const leastWeight = 0.5;

/** A mean of the past twelve hours in which the newer weigh the more, the more the air changes. */
export const nowcast = defineIndex({
  id: 'nowcast',
  title: {
    en: 'NowCast of particles',
    ko: '미세먼지 NowCast',
    ja: '粒子状物質のNowCast',
    zh: '颗粒物NowCast',
    vi: 'NowCast bụi mịn',
    ne: 'धुलोको NowCast',
    sw: 'NowCast ya vumbi',
  },
  unit: 'ug/m3',
  inputs: {
    pollutant: { kind: 'choice', of: pollutants, about: 'Which particles the means are of' },
    values: hourlyMeans(12),
  },
  grades: usGrades.map(({ id }) => ({ id })),
  range: openEnded,
  standard: 'US EPA, NowCast for particles (2013), cut off as for the AQI',
  source: 'https://nepis.epa.gov/Exe/ZyPURL.cgi?Dockey=P100X0J6.txt',
  compute({ pollutant, values }): IndexResult {
    const newest = values.slice(0, 3).filter((mean) => mean !== undefined).length;
    if (newest < 2) {
      const reason = `There is a mean for ${newest} of the last 3 hours; expected at least 2.`;
      return { absent: { code: 'too-few-hours', input: 'values', reason } };
    }
    const value = shorten(weightedMean(values), usPrecision[pollutant]);
    const grade = usGrade(pollutant, value);
    return { value, ...(grade && { grade }) };
  },
});

function weightedMean(values: readonly (number | undefined)[]): number {
  const weight = weightOf(values.filter((mean) => mean !== undefined));
  let sum = 0;
  let weights = 0;
  for (const [age, mean] of values.entries()) {
    if (mean === undefined) continue;
    sum += weight ** age * mean;
    weights += weight ** age;
  }
  return sum / weights;
}

/** Clean air that stays clean does not change: its hours weigh alike. */
function weightOf(means: readonly number[]): number {
  const greatest = Math.max(...means);
  return greatest === 0 ? 1 : Math.max(Math.min(...means) / greatest, leastWeight);
}
