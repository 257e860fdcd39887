import { defineIndex } from '../definition.js';

/** Parameters over water, by Sonntag, and the temperatures in °C that they hold for. */
const magnus = { slope: 17.62, offset: 243.12, range: [-45, 60] } as const;

export const dewPoint = defineIndex({
  id: 'dew-point',
  title: {
    en: 'Dew point',
    ko: '이슬점',
    ja: '露点',
    zh: '露点',
    vi: 'Điểm sương',
    ne: 'शीत बिन्दु',
    sw: 'Kiwango cha umande',
  },
  unit: 'Cel',
  inputs: {
    temperature: { kind: 'number', unit: 'Cel', range: magnus.range, about: 'Temperature of the air' },
    humidity: { kind: 'number', unit: '%RH', range: [0, 100], about: 'Relative humidity' },
  },
  range: magnus.range,
  standard: 'Magnus formula over water, WMO-No. 8 Annex 4.B; parameters of Sonntag 1990',
  source: 'https://www.scribd.com/doc/77171612/Dewpoint-Calculation-Humidity-Sensor-E',
  compute: ({ temperature, humidity }) => {
    const value = dewPointOf(temperature, humidity);
    if (value >= magnus.range[0]) return { value };
    const reason = `The air is too dry: its dew point is below ${magnus.range[0]} °C, where the formula does not hold.`;
    return { absent: { code: 'not-applicable', reason } };
  },
});

/** Dew point in °C of air at a temperature in °C and a relative humidity in %; not a number where it is dry. */
export function dewPointOf(temperature: number, humidity: number): number {
  const share = Math.log(humidity / 100) + (magnus.slope * temperature) / (magnus.offset + temperature);
  return Math.min(temperature, (magnus.offset * share) / (magnus.slope - share));
}
