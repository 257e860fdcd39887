import type { Range } from '../../../config/catalogue/properties.js';
import { defineIndex, type NumberInput } from '../definition.js';
import { whole } from './concentration.js';
import { bandsOfSegments, interpolate, segmentsOf } from './segments.js';

const indices: readonly Range[] = [
  [0, 50],
  [51, 100],
  [101, 250],
  [251, 500],
];

const segments = {
  so2: segmentsOf(indices, [
    [0, 0.02],
    [0.021, 0.05],
    [0.051, 0.15],
    [0.151, 1],
  ]),
  co: segmentsOf(indices, [
    [0, 2],
    [2.01, 9],
    [9.01, 15],
    [15.01, 50],
  ]),
  o3: segmentsOf(indices, [
    [0, 0.03],
    [0.031, 0.09],
    [0.091, 0.15],
    [0.151, 0.6],
  ]),
  no2: segmentsOf(indices, [
    [0, 0.03],
    [0.031, 0.06],
    [0.061, 0.2],
    [0.201, 2],
  ]),
  pm10: segmentsOf(indices, [
    [0, 30],
    [31, 80],
    [81, 150],
    [151, 600],
  ]),
  pm2_5: segmentsOf(indices, [
    [0, 15],
    [16, 35],
    [36, 75],
    [76, 500],
  ]),
};

type Part = keyof typeof segments;

/** From here on a pollutant makes the others' harm worse. */
const bad = 101;

/** What is added, by how many pollutants are bad; more than three count as three. */
const additions = [0, 0, 50, 75] as const;

/** The scale has no number above this one, whatever is added. */
const most = 500;

const grades = [
  { id: 'good', from: 0 },
  { id: 'moderate', from: 51 },
  { id: 'bad', from: 101 },
  { id: 'very-bad', from: 251 },
] as const;

function gas(part: Part, range: Range, digits: number, about: string): NumberInput {
  const bands = bandsOfSegments(segments[part], grades);
  return { kind: 'number', unit: 'ppm', precision: { by: 'rounding', digits }, range, bands, about };
}

function particles(part: Part, greatest: number, about: string): NumberInput {
  const bands = bandsOfSegments(segments[part], grades);
  return { kind: 'number', unit: 'ug/m3', precision: whole, range: [0, greatest], bands, about };
}

export const cai = defineIndex({
  id: 'cai',
  title: {
    en: 'Comprehensive Air-quality Index',
    ko: '통합대기환경지수',
    ja: '統合大気環境指数',
    zh: '综合大气环境指数',
    vi: 'Chỉ số môi trường không khí tổng hợp',
    ne: 'एकीकृत वायु गुणस्तर सूचकाङ्क',
    sw: 'Kipimo cha jumla cha ubora wa hewa',
  },
  unit: undefined,
  inputs: {
    so2: gas('so2', [0, 1], 3, 'Sulphur dioxide, the mean of an hour'),
    co: gas('co', [0, 50], 2, 'Carbon monoxide, the mean of an hour'),
    o3: gas('o3', [0, 0.6], 3, 'Ozone, the mean of an hour'),
    no2: gas('no2', [0, 2], 3, 'Nitrogen dioxide, the mean of an hour'),
    pm10: particles('pm10', 600, 'PM10, the 24 h estimate'),
    pm2_5: particles('pm2_5', 500, 'PM2.5, the 24 h estimate'),
  },
  grades,
  range: [0, most],
  standard: 'Ministry of Environment (Korea), Comprehensive Air-quality Index',
  source: 'https://www.airkorea.or.kr/web/caiCalculator?pMENU_NO=147',
  compute(concentrations) {
    const parts = (Object.keys(segments) as Part[]).flatMap(
      (part) => interpolate(concentrations[part], segments[part]) ?? [],
    );
    const worse = parts.filter((part) => part >= bad).length;
    const addition = additions[Math.min(worse, additions.length - 1)] ?? 0;
    return { value: Math.min(Math.max(...parts) + addition, most) };
  },
});
