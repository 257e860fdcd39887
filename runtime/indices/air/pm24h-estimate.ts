import { type Absence, defineIndex, type IndexResult } from '../definition.js';
import { hourlyMeans, openEnded, type Pollutant, pollutants } from './concentration.js';
import { koreanGrade, koreanGrades } from './pm-grade-kr.js';

/** From this concentration on, in µg/m³, an hour that is like its past is expected to ease. */
const high: Readonly<Record<Pollutant, number>> = { pm10: 70, pm2_5: 30 };

/** Three quarters of the hours, as a mean of Korea's network needs. */
const needed = [
  { of: 12, least: 9 },
  { of: 4, least: 3 },
] as const;

/** What the mean of these 24 hours will be, from the past twelve and an eye on the past four. */
export const pm24hEstimate = defineIndex({
  id: 'pm24h-estimate',
  title: {
    en: 'Estimated 24 h mean of particles',
    ko: '미세먼지 24시간 예측이동평균',
    ja: '粒子状物質の24時間予測平均',
    zh: '颗粒物24小时预测平均值',
    vi: 'Ước tính trung bình 24 giờ của bụi mịn',
    ne: 'धुलोको 24 घण्टे औसत अनुमान',
    sw: 'Makadirio ya wastani wa saa 24 wa vumbi',
  },
  unit: 'ug/m3',
  inputs: {
    pollutant: { kind: 'choice', of: pollutants, about: 'Which particles the means are of' },
    values: hourlyMeans(12),
  },
  grades: koreanGrades,
  range: openEnded,
  standard: 'Ministry of Environment (Korea), 24 h estimate (C24E) of the Comprehensive Air-quality Index',
  source: 'https://www.airkorea.or.kr/web/caiCalculator?pMENU_NO=147',
  compute({ pollutant, values }): IndexResult {
    const absent = tooFew(values);
    if (absent) return { absent };
    const c12 = mean(present(values));
    const c4 = mean(present(values.slice(0, 4)).map((c) => expected(c, c12, high[pollutant])));
    const value = (c12 * 12 + c4 * 12) / 24;
    const grade = koreanGrade(pollutant, value);
    return { value, ...(grade && { grade }) };
  },
});

function expected(concentration: number, c12: number, from: number): number {
  if (concentration < from) return concentration;
  const ratio = concentration / c12;
  return ratio < 0.9 || ratio > 1.7 ? concentration : 0.75 * concentration;
}

function tooFew(values: readonly (number | undefined)[]): Absence | undefined {
  for (const { of, least } of needed) {
    const there = present(values.slice(0, of)).length;
    if (there < least) {
      const reason = `There is a mean for ${there} of the past ${of} hours; expected at least ${least}.`;
      return { code: 'too-few-hours', input: 'values', reason };
    }
  }
  return undefined;
}

function present(values: readonly (number | undefined)[]): number[] {
  return values.filter((value) => value !== undefined);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
