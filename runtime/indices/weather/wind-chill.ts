import { defineIndex, type Grade } from '../definition.js';
import { roundHalfUp } from '../rounding.js';
import { graded } from './graded.js';

/** Risk of frostbite. */
const grades = [
  { id: 'extreme', from: -82 },
  { id: 'severe', from: -54 },
  { id: 'very-high', from: -47 },
  { id: 'high', from: -39 },
  { id: 'moderate', from: -27 },
  { id: 'low', from: -9 },
] as const satisfies readonly Grade[];

export const windChill = defineIndex({
  id: 'wind-chill',
  title: {
    en: 'Wind chill',
    ko: '바람 냉각 지수',
    ja: '風冷指数',
    zh: '风寒指数',
    vi: 'Chỉ số gió lạnh',
    ne: 'हावाको चिसो सूचकाङ्क',
    sw: 'Baridi ya upepo',
  },
  unit: 'Cel',
  inputs: {
    temperature: { kind: 'number', unit: 'Cel', range: [-50, 10], about: 'Temperature of the air' },
    wind_kmh: { kind: 'number', unit: 'km/h', range: [4.8, 80], about: 'Wind at 10 m' },
  },
  grades,
  range: [-82, 10],
  standard: 'Environment Canada wind chill index, 2001 (JAG/TI)',
  source:
    'https://www.canada.ca/en/environment-climate-change/services/weather-health/wind-chill-cold-weather/wind-chill-index.html',
  compute: ({ temperature, wind_kmh }) => {
    const value = chilled(temperature, wind_kmh);
    return graded(value, roundHalfUp(value), grades);
  },
});

/** What a temperature in °C feels like on the skin in a wind in km/h, in °C. */
export function chilled(temperature: number, kmPerHour: number): number {
  const wind = kmPerHour ** 0.16;
  return 13.12 + 0.6215 * temperature - 11.37 * wind + 0.3965 * temperature * wind;
}
