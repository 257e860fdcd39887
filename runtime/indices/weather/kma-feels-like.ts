import type { Range } from '../../../config/catalogue/properties.js';
import { type Absence, defineIndex, type Grade, type IndexResult } from '../definition.js';
import { roundHalfUp } from '../rounding.js';
import { graded } from './graded.js';
import { fitted, stull, tooColdAndDry } from './wet-bulb.js';
import { chilled } from './wind-chill.js';

/** Cold by the winter index, heat by the impact forecast of heat waves. */
const grades = [
  { id: 'cold-danger', from: -95 },
  { id: 'cold-warning', from: -15.4 },
  { id: 'cold-caution', from: -10.5 },
  { id: 'none', from: -3.2 },
  { id: 'heat-attention', from: 31 },
  { id: 'heat-caution', from: 33 },
  { id: 'heat-warning', from: 35 },
  { id: 'heat-danger', from: 38 },
] as const satisfies readonly Grade[];

const summer = { months: [5, 9] } as const;
const winter = { warmest: 10, calmest: 1.3 } as const;

export const kmaFeelsLike = defineIndex({
  id: 'kma-feels-like',
  title: {
    en: 'Feels like',
    ko: '체감온도',
    ja: '体感温度',
    zh: '体感温度',
    vi: 'Cảm giác như',
    ne: 'महसुस हुने तापक्रम',
    sw: 'Joto linavyohisika',
  },
  unit: 'Cel',
  inputs: {
    temperature: { kind: 'number', unit: 'Cel', range: [-50, 50], about: 'Temperature of the air' },
    humidity: {
      kind: 'number',
      unit: '%RH',
      range: [0, 100],
      optional: true,
      about: 'Relative humidity; from May to September, 5 to 99 %',
    },
    wind_speed: {
      kind: 'number',
      unit: 'm/s',
      range: [0, 75],
      optional: true,
      about: 'Wind; from October to April, at least 1.3 m/s',
    },
    month: { kind: 'number', unit: undefined, range: [1, 12], about: 'Month of the year' },
  },
  grades,
  range: [-95, 55],
  standard: 'Korea Meteorological Administration, as of 2 June 2022',
  source: 'https://data.kma.go.kr/climate/windChill/selectWindChillChart.do',
  compute: ({ temperature, humidity, wind_speed, month }) => {
    if (!Number.isInteger(month))
      return absent(
        'input-out-of-range',
        'month',
        `month is ${month}; expected a whole number from 1 to 12.`,
      );
    return month >= summer.months[0] && month <= summer.months[1]
      ? inSummer(temperature, humidity)
      : inWinter(temperature, wind_speed);
  },
});

function inSummer(temperature: number, humidity: number | undefined): IndexResult {
  if (humidity === undefined)
    return absent('input-missing', 'humidity', 'There is no humidity; it is needed from May to September.');
  if (!within(temperature, fitted.temperature))
    return absent('input-out-of-range', 'temperature', outside('temperature', temperature, '-20 to 50 °C'));
  if (!within(humidity, fitted.humidity))
    return absent('input-out-of-range', 'humidity', outside('humidity', humidity, '5 to 99 %'));
  const tooDry = tooColdAndDry(temperature, humidity);
  if (tooDry !== undefined) return { absent: tooDry };
  const wet = stull(temperature, humidity);
  return published(
    -0.2442 + 0.55399 * wet + 0.45535 * temperature - 0.0022 * wet ** 2 + 0.00278 * wet * temperature + 3,
  );
}

function inWinter(temperature: number, windSpeed: number | undefined): IndexResult {
  if (temperature > winter.warmest) {
    const reason = `At ${temperature} °C it is not defined from October to April; expected at most 10 °C.`;
    return absent('not-applicable', 'temperature', reason);
  }
  if (windSpeed === undefined)
    return absent(
      'input-missing',
      'wind_speed',
      'There is no wind_speed; it is needed from October to April.',
    );
  if (windSpeed < winter.calmest) {
    const reason = `In a wind of ${windSpeed} m/s it is not defined from October to April; expected at least 1.3 m/s.`;
    return absent('not-applicable', 'wind_speed', reason);
  }
  return published(chilled(temperature, windSpeed * 3.6));
}

/** The service publishes tenths, and grades those. */
function published(value: number): IndexResult {
  return graded(value, roundHalfUp(value, 1), grades);
}

function absent(code: Absence['code'], input: string, reason: string): IndexResult {
  return { absent: { code, input, reason } };
}

function outside(name: string, value: number, expected: string): string {
  return `${name} is ${value}; from May to September, expected ${expected}.`;
}

function within(value: number, [least, greatest]: Range): boolean {
  return value >= least && value <= greatest;
}
