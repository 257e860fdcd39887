import { defineIndex, type Grade } from '../definition.js';
import { roundHalfUp } from '../rounding.js';
import { graded } from './graded.js';

const celsius = (fahrenheit: number) => (fahrenheit - 32) / 1.8;
const fahrenheit = (degrees: number) => degrees * 1.8 + 32;

/** The chart of the service prints no value above it, in whole °F. */
const greatest = 137;

/** The bands of the service, in whole °F. */
const bands = [
  { id: 'low', from: 66 },
  { id: 'caution', from: 80 },
  { id: 'extreme-caution', from: 90 },
  { id: 'danger', from: 103 },
  { id: 'extreme-danger', from: 125 },
] as const satisfies readonly Grade[];

export const nwsHeatIndex = defineIndex({
  id: 'nws-heat-index',
  title: {
    en: 'Heat index',
    ko: '열지수',
    ja: '熱指数（ヒートインデックス）',
    zh: '酷热指数',
    vi: 'Chỉ số nóng',
    ne: 'तातो सूचकाङ्क',
    sw: 'Kipimo cha joto',
  },
  unit: 'Cel',
  inputs: {
    // What Steadman tabulated, and the regression was made from.
    temperature: { kind: 'number', unit: 'Cel', range: [20, 50], about: 'Temperature of the air' },
    humidity: { kind: 'number', unit: '%RH', range: [0, 100], about: 'Relative humidity' },
  },
  grades: bands.map(({ id, from }) => ({ id, from: celsius(from) })),
  range: [celsius(66), celsius(greatest + 0.5)],
  standard: 'US National Weather Service, Rothfusz SR 90-23 with its adjustments',
  source: 'https://www.wpc.ncep.noaa.gov/html/heatindex_equation.shtml',
  compute: ({ temperature, humidity }) => {
    const felt = heatIndex(fahrenheit(temperature), humidity);
    const published = roundHalfUp(felt);
    if (published > greatest) {
      const reason = `It is hotter than the chart of the service goes; expected at most ${greatest} °F, or 58 °C.`;
      return { absent: { code: 'not-applicable', reason } };
    }
    return graded(celsius(felt), published, bands);
  },
});

/** In °F, from a temperature in °F and a relative humidity in %. */
function heatIndex(t: number, humidity: number): number {
  const simple = 0.5 * (t + 61 + 1.2 * (t - 68) + 0.094 * humidity);
  const averaged = (simple + t) / 2;
  return averaged < 80 ? averaged : regression(t, humidity) + adjustment(t, humidity);
}

function regression(t: number, r: number): number {
  return (
    -42.379 +
    2.04901523 * t +
    10.14333127 * r -
    0.22475541 * t * r -
    0.00683783 * t * t -
    0.05481717 * r * r +
    0.00122874 * t * t * r +
    0.00085282 * t * r * r -
    0.00000199 * t * t * r * r
  );
}

function adjustment(t: number, humidity: number): number {
  if (humidity < 13 && t >= 80 && t <= 112)
    return (-(13 - humidity) / 4) * Math.sqrt((17 - Math.abs(t - 95)) / 17);
  if (humidity > 85 && t >= 80 && t <= 87) return ((humidity - 85) / 10) * ((87 - t) / 5);
  return 0;
}
