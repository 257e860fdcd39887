import type { Range } from '../../../config/catalogue/properties.js';
import { defineIndex, type IndexResult } from '../definition.js';
import { gradeOf } from '../evaluate.js';
import type { Pollutant } from './concentration.js';
import { bandsOfSegments, interpolate, type Segment, segmentsOf } from './segments.js';

const indices: readonly Range[] = [
  [0, 50],
  [51, 100],
  [101, 150],
  [151, 200],
  [201, 300],
  [301, 500],
];

const segments: Readonly<Record<Pollutant, readonly Segment[]>> = {
  pm2_5: segmentsOf(indices, [
    [0, 9.0],
    [9.1, 35.4],
    [35.5, 55.4],
    [55.5, 125.4],
    [125.5, 225.4],
    [225.5, 325.4],
  ]),
  pm10: segmentsOf(indices, [
    [0, 54],
    [55, 154],
    [155, 254],
    [255, 354],
    [355, 424],
    [425, 604],
  ]),
};

/** How the standard cuts a concentration off. */
export const usPrecision = {
  pm2_5: { by: 'truncation', digits: 1 },
  pm10: { by: 'truncation', digits: 0 },
} as const;

export const usGrades = [
  { id: 'good', from: 0 },
  { id: 'moderate', from: 51 },
  { id: 'unhealthy-for-sensitive-groups', from: 101 },
  { id: 'unhealthy', from: 151 },
  { id: 'very-unhealthy', from: 201 },
  { id: 'hazardous', from: 301 },
] as const;

/** The grade of a concentration that is already cut off, in µg/m³; undefined beyond the table. */
export function usGrade(pollutant: Pollutant, concentration: number): string | undefined {
  const value = interpolate(concentration, segments[pollutant]);
  return value === undefined ? undefined : gradeOf(value, usGrades);
}

export const usAqi = defineIndex({
  id: 'us-aqi',
  title: {
    en: 'US Air Quality Index',
    ko: '미국 대기질지수',
    ja: '米国大気質指数',
    zh: '美国空气质量指数',
    vi: 'Chỉ số chất lượng không khí Hoa Kỳ',
    ne: 'अमेरिकी वायु गुणस्तर सूचकाङ्क',
    sw: 'Kipimo cha ubora wa hewa cha Marekani',
  },
  unit: undefined,
  inputs: {
    pm2_5: {
      kind: 'number',
      unit: 'ug/m3',
      precision: usPrecision.pm2_5,
      range: [0, 325.4],
      optional: true,
      bands: bandsOfSegments(segments.pm2_5, usGrades),
      about: 'PM2.5, the mean of 24 hours or the NowCast',
    },
    pm10: {
      kind: 'number',
      unit: 'ug/m3',
      precision: usPrecision.pm10,
      range: [0, 604],
      optional: true,
      bands: bandsOfSegments(segments.pm10, usGrades),
      about: 'PM10, the mean of 24 hours or the NowCast',
    },
  },
  grades: usGrades,
  range: [0, 500],
  standard: '40 CFR 58 Appendix G, as of 6 May 2024',
  source: 'https://nepis.epa.gov/Exe/ZyPURL.cgi?Dockey=P101AP0Q.txt',
  compute({ pm2_5, pm10 }): IndexResult {
    const parts = [
      pm2_5 === undefined ? undefined : interpolate(pm2_5, segments.pm2_5),
      pm10 === undefined ? undefined : interpolate(pm10, segments.pm10),
    ].filter((part) => part !== undefined);
    if (parts.length === 0) {
      const reason = 'There is neither pm2_5 nor pm10; expected at least one of them.';
      return { absent: { code: 'input-missing', reason } };
    }
    return { value: Math.max(...parts) };
  },
});
