import { defineIndex, type IndexResult } from '../definition.js';
import { roundHalfUp } from '../rounding.js';
import { bandsOf, optionalConcentration, type Pollutant, whole } from './concentration.js';

/** The most that a grade holds, in µg/m³; the last grade has no end. Hours and days share them. */
const greatest: Readonly<Record<Pollutant, readonly number[]>> = {
  pm10: [30, 80, 150],
  pm2_5: [15, 35, 75],
};

const grades = [
  { id: 'good', from: 1 },
  { id: 'moderate', from: 2 },
  { id: 'bad', from: 3 },
  { id: 'very-bad', from: 4 },
] as const;

/** The bands of Korea's grades, for indices whose value is the concentration. */
export const koreanGrades = grades.map(({ id }) => ({ id }));

/** The grade of a concentration in µg/m³, from 1 (good) to 4 (very bad); it counts as the network's whole number. */
function koreanLevel(pollutant: Pollutant, concentration: number): number {
  const passed = greatest[pollutant].filter((most) => roundHalfUp(concentration) > most);
  return 1 + passed.length;
}

/** The grade of a concentration in µg/m³ by its name. */
export function koreanGrade(pollutant: Pollutant, concentration: number): string | undefined {
  return grades[koreanLevel(pollutant, concentration) - 1]?.id;
}

function concentration(pollutant: Pollutant, about: string) {
  return { ...optionalConcentration(about, bandsOf(grades, greatest[pollutant])), precision: whole };
}

export const pmGradeKr = defineIndex({
  id: 'pm-grade-kr',
  title: {
    en: 'Korean particulate grade',
    ko: '미세먼지 등급',
    ja: '韓国の粒子状物質等級',
    zh: '韩国颗粒物等级',
    vi: 'Mức bụi mịn của Hàn Quốc',
    ne: 'कोरियाको धुलो श्रेणी',
    sw: 'Daraja la vumbi la Korea',
  },
  unit: undefined,
  inputs: {
    pm10: concentration('pm10', 'PM10, the mean of an hour or of 24 hours'),
    pm2_5: concentration('pm2_5', 'PM2.5, the mean of an hour or of 24 hours'),
  },
  grades,
  range: [1, 4],
  standard: 'Ministry of Environment (Korea), particulate grades since 27 March 2018',
  source: 'http://air.jeju.go.kr/contents/atmospheric/cai/summary.htm',
  compute({ pm10, pm2_5 }): IndexResult {
    const levels = [
      ...(pm10 === undefined ? [] : [koreanLevel('pm10', pm10)]),
      ...(pm2_5 === undefined ? [] : [koreanLevel('pm2_5', pm2_5)]),
    ];
    if (levels.length === 0) {
      const reason = 'There is neither pm10 nor pm2_5; expected at least one of them.';
      return { absent: { code: 'input-missing', reason } };
    }
    return { value: Math.max(...levels) };
  },
});
