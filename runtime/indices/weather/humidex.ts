import { defineIndex, type Grade } from '../definition.js';
import { roundHalfUp } from '../rounding.js';
import { graded } from './graded.js';

const grades = [
  { id: 'none', from: 0 },
  { id: 'some', from: 30 },
  { id: 'great', from: 40 },
  { id: 'dangerous', from: 46 },
] as const satisfies readonly Grade[];

export const humidex = defineIndex({
  id: 'humidex',
  title: {
    en: 'Humidex',
    ko: '휴미덱스',
    ja: 'ヒューミデックス',
    zh: '湿热指数',
    vi: 'Humidex',
    ne: 'ह्युमिडेक्स',
    sw: 'Humidex',
  },
  unit: undefined,
  inputs: {
    temperature: { kind: 'number', unit: 'Cel', range: [20, 43], about: 'Temperature of the air' },
    dew_point: { kind: 'number', unit: 'Cel', range: [-10, 35], about: 'Dew point' },
  },
  grades,
  standard: 'Masterton and Richardson 1979, Environment Canada',
  source: 'https://climate.weather.gc.ca/glossary_e.html',
  compute: ({ temperature, dew_point }) => {
    if (dew_point > temperature) {
      const reason = `The dew point, ${dew_point} °C, is above the temperature, ${temperature} °C; expected it at or below.`;
      return { absent: { code: 'not-applicable', input: 'dew_point', reason } };
    }
    const value = temperature + 0.5555 * (vapourPressure(dew_point) - 10);
    return graded(value, roundHalfUp(value), grades);
  },
});

/** In hPa, from a dew point in °C. */
function vapourPressure(point: number): number {
  return 6.11 * Math.exp(5417.753 * (1 / 273.16 - 1 / (point + 273.15)));
}
