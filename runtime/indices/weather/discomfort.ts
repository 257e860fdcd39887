import { defineIndex } from '../definition.js';

export const discomfort = defineIndex({
  id: 'discomfort',
  title: {
    en: 'Discomfort index',
    ko: '불쾌지수',
    ja: '不快指数',
    zh: '不适指数',
    vi: 'Chỉ số khó chịu',
    ne: 'असहजता सूचकाङ्क',
    sw: 'Kipimo cha usumbufu wa joto',
  },
  unit: undefined,
  inputs: {
    temperature: {
      kind: 'number',
      unit: 'Cel',
      // Below 26 / 1.8 °C the term for humidity turns round, and moister air would count as pleasanter.
      range: [14.5, 50],
      about: 'Temperature of the air',
    },
    humidity: { kind: 'number', unit: '%RH', range: [0, 100], about: 'Relative humidity' },
  },
  grades: [
    { id: 'low', from: 0 },
    { id: 'normal', from: 68 },
    { id: 'high', from: 75 },
    { id: 'very-high', from: 80 },
  ],
  standard: 'Korea Meteorological Administration, after Thom 1957',
  source: 'http://www.weather.go.kr/weather/lifenindustry/li_asset/HELP/basic/help_01_05.jsp',
  compute: ({ temperature, humidity }) => ({
    value: 1.8 * temperature - 0.55 * (1 - humidity / 100) * (1.8 * temperature - 26) + 32,
  }),
});
