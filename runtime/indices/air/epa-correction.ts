import type { Range } from '../../../config/catalogue/properties.js';
import { defineIndex, type NumberInput } from '../definition.js';
import { openEnded } from './concentration.js';

/** What the sensors' own scale can say, in µg/m³. */
const sensorRange: Range = [0, 2_000];

const inputs = {
  cf1: {
    kind: 'number',
    unit: 'ug/m3',
    range: sensorRange,
    about: 'PM2.5 as the sensor gives it under CF=1',
  },
  humidity: { kind: 'number', unit: '%RH', range: [0, 100], about: 'Relative humidity' },
} as const satisfies Record<string, NumberInput>;

/** The correction for smoke, whose slope changes with the concentration. */
export const epaCorrection = defineIndex({
  id: 'epa-correction',
  title: {
    en: 'PM2.5 corrected after US EPA, for smoke',
    ko: '미국 EPA 보정 PM2.5 (연기 포함)',
    ja: '米国EPA補正PM2.5（煙を含む）',
    zh: '按美国EPA校正的PM2.5（含烟雾）',
    vi: 'PM2.5 hiệu chỉnh theo EPA Hoa Kỳ, cả khói',
    ne: 'अमेरिकी EPA अनुसार सच्याइएको PM2.5 (धुवाँसहित)',
    sw: 'PM2.5 iliyosahihishwa kwa EPA ya Marekani, pamoja na moshi',
  },
  unit: 'ug/m3',
  inputs,
  range: openEnded,
  standard: 'US EPA, correction of the AirNow Fire and Smoke Map (2021), piecewise',
  source: 'https://cfpub.epa.gov/si/si_public_record_report.cfm?dirEntryId=353088&Lab=CEMM',
  compute: ({ cf1, humidity }) => ({ value: Math.max(0, piecewise(cf1, humidity)) }),
});

/** The correction that one straight line makes, for air without much smoke. */
export const epaCorrection2021 = defineIndex({
  id: 'epa-correction-2021',
  title: {
    en: 'PM2.5 corrected after US EPA',
    ko: '미국 EPA 보정 PM2.5',
    ja: '米国EPA補正PM2.5',
    zh: '按美国EPA校正的PM2.5',
    vi: 'PM2.5 hiệu chỉnh theo EPA Hoa Kỳ',
    ne: 'अमेरिकी EPA अनुसार सच्याइएको PM2.5',
    sw: 'PM2.5 iliyosahihishwa kwa EPA ya Marekani',
  },
  unit: 'ug/m3',
  inputs,
  range: openEnded,
  standard: 'US EPA, US-wide correction (Barkjohn, Gantt and Clements 2021)',
  source: 'https://doi.org/10.5194/amt-14-4617-2021',
  compute: ({ cf1, humidity }) => ({ value: Math.max(0, line(cf1, humidity, 0.524)) }),
});

function piecewise(x: number, humidity: number): number {
  if (x < 30) return line(x, humidity, 0.524);
  if (x < 50) return line(x, humidity, blend(0.524, 0.786, x / 20 - 1.5));
  if (x < 210) return line(x, humidity, 0.786);
  if (x < 260) return blend(line(x, humidity, 0.786), curve(x), x / 50 - 4.2);
  return curve(x);
}

function line(x: number, humidity: number, slope: number): number {
  return slope * x - 0.0862 * humidity + 5.75;
}

/** Thick smoke hides what humidity does. */
function curve(x: number): number {
  return 2.966 + 0.69 * x + 8.84e-4 * x ** 2;
}

/** @param share how much of the second, from 0 to 1 */
function blend(first: number, second: number, share: number): number {
  return (1 - share) * first + share * second;
}
