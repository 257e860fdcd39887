import { defineIndex, type IndexResult } from '../definition.js';
import { bandsOf, optionalConcentration } from './concentration.js';

/** The most that a level holds, in µg/m³; the last level has no end. */
const greatest = {
  pm2_5: [5, 15, 50, 90, 140],
  pm10: [15, 45, 120, 195, 270],
  no2: [10, 25, 60, 100, 150],
  o3: [60, 100, 120, 160, 180],
  so2: [20, 40, 125, 190, 275],
} as const;

type Part = keyof typeof greatest;
const parts = Object.keys(greatest) as Part[];

const grades = [
  { id: 'good', from: 1 },
  { id: 'fair', from: 2 },
  { id: 'moderate', from: 3 },
  { id: 'poor', from: 4 },
  { id: 'very-poor', from: 5 },
  { id: 'extremely-poor', from: 6 },
] as const;

function concentration(part: Part, about: string) {
  return optionalConcentration(about, bandsOf(grades, greatest[part]));
}

export const eaqi = defineIndex({
  id: 'eaqi',
  title: {
    en: 'European Air Quality Index',
    ko: '유럽 대기질지수',
    ja: '欧州大気質指数',
    zh: '欧洲空气质量指数',
    vi: 'Chỉ số chất lượng không khí châu Âu',
    ne: 'युरोपेली वायु गुणस्तर सूचकाङ्क',
    sw: 'Kipimo cha ubora wa hewa cha Ulaya',
  },
  unit: undefined,
  inputs: {
    pm2_5: concentration('pm2_5', 'PM2.5, the mean of an hour'),
    pm10: concentration('pm10', 'PM10, the mean of an hour'),
    no2: concentration('no2', 'Nitrogen dioxide, the mean of an hour'),
    o3: concentration('o3', 'Ozone, the mean of an hour'),
    so2: concentration('so2', 'Sulphur dioxide, the mean of an hour'),
  },
  grades,
  range: [1, 6],
  standard: 'European Environment Agency, European Air Quality Index, bands of 2024',
  source:
    'https://www.eionet.europa.eu/etcs/etc-he/products/etc-he-products/etc-he-reports/etc-he-report-2024-17-eeas-revision-of-the-european-air-quality-index-bands/',
  compute(concentrations): IndexResult {
    const levels = parts.flatMap((part) => {
      const concentration = concentrations[part];
      return concentration === undefined ? [] : [levelOf(part, concentration)];
    });
    if (levels.length === 0) {
      const reason = `There is no concentration; expected at least one of ${parts.join(', ')}.`;
      return { absent: { code: 'input-missing', reason } };
    }
    return { value: Math.max(...levels) };
  },
});

function levelOf(part: Part, concentration: number): number {
  return 1 + greatest[part].filter((most) => concentration > most).length;
}
