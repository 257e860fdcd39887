import type { UnitId } from './units.js';

/** The least and the greatest value, both included. */
export type Range = readonly [least: number, greatest: number];

/**
 * An observed property: what a number is about, in which unit, and between which bounds it can be true outdoors.
 *
 * `gross.fail` is what no weather and no air on this planet's streets gives; `gross.suspect` is what is rare enough to
 * be doubted. A driver's own measuring range narrows both.
 */
export interface ObservedProperty {
  unit: UnitId;
  name: { en: string; ko: string };
  /** Digits after the point that are worth showing to a person. */
  digits: number;
  gross: { fail: Range; suspect: Range };
}

const particulate = (en: string, ko: string, most: number, doubtful: number): ObservedProperty => ({
  unit: 'ug/m3',
  name: { en, ko },
  digits: 0,
  gross: { fail: [0, most], suspect: [0, doubtful] },
});

const particles = (micrometres: string): ObservedProperty => ({
  unit: 'count',
  name: {
    en: `Particles over ${micrometres} µm in 0.1 L of air`,
    ko: `공기 0.1 L 속 ${micrometres} µm 초과 입자 수`,
  },
  digits: 0,
  gross: { fail: [0, 65_535], suspect: [0, 60_000] },
});

const particlesUpTo = (micrometres: string): ObservedProperty => ({
  unit: 'count',
  name: {
    en: `Particles from 0.3 to ${micrometres} µm in 1 cm³ of air`,
    ko: `공기 1 cm³ 속 0.3~${micrometres} µm 입자 수`,
  },
  digits: 1,
  gross: { fail: [0, 30_000], suspect: [0, 10_000] },
});

const catalogue = {
  temperature: {
    unit: 'Cel',
    name: { en: 'Temperature', ko: '기온' },
    digits: 1,
    gross: { fail: [-60, 60], suspect: [-35, 48] },
  },
  humidity: {
    unit: '%RH',
    name: { en: 'Humidity', ko: '습도' },
    digits: 0,
    gross: { fail: [0, 100], suspect: [2, 100] },
  },
  pressure: {
    unit: 'hPa',
    name: { en: 'Air pressure', ko: '기압' },
    digits: 1,
    gross: { fail: [500, 1100], suspect: [540, 1085] },
  },
  pm1: particulate('PM1', '극초미세먼지 PM1', 1_000, 500),
  pm2_5: particulate('PM2.5', '초미세먼지 PM2.5', 1_000, 800),
  pm4: particulate('PM4', '미세먼지 PM4', 1_500, 1_200),
  pm10: particulate('PM10', '미세먼지 PM10', 2_000, 1_500),
  pm1_cf1: particulate('PM1 (factory calibration, CF=1)', 'PM1 (공장 보정, CF=1)', 2_000, 1_000),
  pm2_5_cf1: particulate('PM2.5 (factory calibration, CF=1)', 'PM2.5 (공장 보정, CF=1)', 2_000, 1_000),
  pm10_cf1: particulate('PM10 (factory calibration, CF=1)', 'PM10 (공장 보정, CF=1)', 4_000, 2_000),
  particles_0_3: particles('0.3'),
  particles_0_5: particles('0.5'),
  particles_1_0: particles('1.0'),
  particles_2_5: particles('2.5'),
  particles_5_0: particles('5.0'),
  particles_10: particles('10'),
  particles_to_0_5: particlesUpTo('0.5'),
  particles_to_1_0: particlesUpTo('1.0'),
  particles_to_2_5: particlesUpTo('2.5'),
  particles_to_4_0: particlesUpTo('4.0'),
  particles_to_10: particlesUpTo('10'),
  typical_particle_size: {
    unit: 'um',
    name: { en: 'Typical particle size', ko: '대표 입자 크기' },
    digits: 2,
    gross: { fail: [0, 10], suspect: [0, 5] },
  },
  formaldehyde: {
    unit: 'ug/m3',
    name: { en: 'Formaldehyde', ko: '폼알데하이드' },
    digits: 0,
    gross: { fail: [0, 10_000], suspect: [0, 2_000] },
  },
} satisfies Record<string, ObservedProperty>;

export type PropertyId = keyof typeof catalogue;

export const properties: Readonly<Record<PropertyId, ObservedProperty>> = catalogue;

/** True for a name that the catalogue has. */
export function isProperty(name: string): name is PropertyId {
  return Object.hasOwn(catalogue, name);
}
