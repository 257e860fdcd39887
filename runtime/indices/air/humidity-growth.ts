import { defineIndex } from '../definition.js';

/** How readily the particles of a city take up water, in the mean. */
const usualKappa = 0.4;

/** Density of a dry particle over that of water. */
const density = 1.65;

/** The mass that particles would have without the water they took up: κ-Köhler growth undone. */
export const humidityGrowth = defineIndex({
  id: 'humidity-growth',
  title: {
    en: 'PM2.5 without its water',
    ko: '습도 보정 PM2.5',
    ja: '水分を除いたPM2.5',
    zh: '扣除水分的PM2.5',
    vi: 'PM2.5 đã trừ hơi nước',
    ne: 'पानीबाहेकको PM2.5',
    sw: 'PM2.5 bila maji yake',
  },
  unit: 'ug/m3',
  inputs: {
    pm2_5: {
      kind: 'number',
      unit: 'ug/m3',
      range: [0, 2_000],
      about: 'PM2.5 as a light-scattering sensor gives it',
    },
    humidity: {
      kind: 'number',
      unit: '%RH',
      range: [0, 95],
      about: 'Relative humidity; above 95 % the growth has no bounds',
    },
    kappa: {
      kind: 'number',
      unit: undefined,
      range: [0, 1.4],
      optional: true,
      about: `Hygroscopicity of the particles, ${usualKappa} where it is not known`,
    },
  },
  range: [0, 2_000],
  standard: 'κ-Köhler correction for optical sensors (Crilley et al. 2018)',
  source: 'https://doi.org/10.5194/amt-11-709-2018',
  compute({ pm2_5, humidity, kappa = usualKappa }) {
    const activity = humidity / 100;
    const growth = 1 + ((kappa / density) * activity) / (1 - activity);
    return { value: pm2_5 / growth };
  },
});
