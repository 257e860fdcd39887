import { everywhere, type Words } from './languages.js';
import type { UnitId } from './units.js';

/** The least and the greatest value, both included. */
export type Range = readonly [least: number, greatest: number];

/** Beyond `fail` a value cannot be true, beyond `suspect` it is doubtful. */
export interface GrossRange {
  fail: Range;
  suspect: Range;
}

/** A change of more than `allowance`, and so much more for each hour that has passed, is doubtful. */
export interface RateOfChange {
  allowance: number;
  perHour: number;
}

/** How far a value may be from its neighbours. */
export interface Spike {
  suspect?: number | undefined;
  fail?: number | undefined;
}

/** Values that stay for so long, in ms, within less than the tolerance come from a sensor that is stuck. */
export interface FlatLine {
  tolerance: number;
  suspectFor: number;
  failFor: number;
}

/** Two sensors may differ by `within`, or by `share` of the greater value where that is more. */
export interface Agreement {
  within: number;
  share: number;
}

/** What the quality tests need to know; a test without an entry is not run. */
export interface QualityLimits {
  grossRange?: GrossRange | undefined;
  rateOfChange?: RateOfChange | undefined;
  spike?: Spike | undefined;
  flatLine?: FlatLine | undefined;
  agreement?: Agreement | undefined;
}

/**
 * An observed property: what a number is about, in which unit, and between which bounds it can be true outdoors.
 *
 * `gross.fail` is what no weather and no air on this planet's streets gives; `gross.suspect` is what is rare enough to
 * be doubted. A driver's own measuring range narrows both.
 */
export interface ObservedProperty {
  unit: UnitId;
  name: Words;
  /** Digits after the point that are worth showing to a person. */
  digits: number;
  gross: GrossRange;
  /** How it behaves in time, and from one place of a shelter to another. */
  limits: Omit<QualityLimits, 'grossRange'>;
  /** Values at which the air may well rest for days, which no flat line can be told from. */
  restsAt?: Range;
}

const hours = 3_600_000;

/** @param wild the step that a plume or the front of a dust storm may make */
const particulate = (
  name: Words,
  most: number,
  doubtful: number,
  wild: number,
  restsUpTo: number,
): ObservedProperty => ({
  unit: 'ug/m3',
  name,
  digits: 0,
  gross: { fail: [0, most], suspect: [0, doubtful] },
  limits: {
    rateOfChange: { allowance: wild, perHour: 4 * wild },
    spike: { suspect: wild },
    flatLine: { tolerance: 0.5, suspectFor: 12 * hours, failFor: 24 * hours },
  },
  restsAt: [0, restsUpTo],
});

/** A size class of particles has one name, with what it means where a language has a word of its own for that. */
const particlesNamed = (size: string, korean: string): Words => ({
  ...everywhere(size),
  ko: `${korean} ${size}`,
});

/** What a sensor makes of industrial particles, indoors. */
const factoryCalibrated = (size: string): Words => ({
  en: `${size} (factory calibration, CF=1)`,
  ko: `${size} (공장 보정, CF=1)`,
  ja: `${size}（工場校正、CF=1）`,
  zh: `${size}（出厂校准，CF=1）`,
  vi: `${size} (hiệu chuẩn tại nhà máy, CF=1)`,
  ne: `${size} (कारखानाको अंशाङ्कन, CF=1)`,
  sw: `${size} (urekebishaji wa kiwandani, CF=1)`,
});

/** Models agree on fine particles alone: of coarse dust some see a tenth. */
const agreeing = (property: ObservedProperty): ObservedProperty => ({
  ...property,
  limits: { ...property.limits, agreement: { within: 40, share: 0.6 } },
});

const particles = (micrometres: string): ObservedProperty => ({
  unit: 'count',
  name: {
    en: `Particles over ${micrometres} µm in 0.1 L of air`,
    ko: `공기 0.1 L 속 ${micrometres} µm 초과 입자 수`,
    ja: `空気0.1 L中の${micrometres} µm超の粒子数`,
    zh: `0.1 L空气中大于${micrometres} µm的颗粒数`,
    vi: `Số hạt trên ${micrometres} µm trong 0.1 L không khí`,
    ne: `0.1 L हावामा ${micrometres} µm भन्दा ठूला कण`,
    sw: `Chembe zaidi ya ${micrometres} µm katika 0.1 L ya hewa`,
  },
  digits: 0,
  gross: { fail: [0, 65_535], suspect: [0, 65_534] },
  limits: {},
});

const particlesUpTo = (micrometres: string): ObservedProperty => ({
  unit: 'count',
  name: {
    en: `Particles from 0.3 to ${micrometres} µm in 1 cm³ of air`,
    ko: `공기 1 cm³ 속 0.3~${micrometres} µm 입자 수`,
    ja: `空気1 cm³中の0.3～${micrometres} µmの粒子数`,
    zh: `1 cm³空气中0.3至${micrometres} µm的颗粒数`,
    vi: `Số hạt từ 0.3 đến ${micrometres} µm trong 1 cm³ không khí`,
    ne: `1 cm³ हावामा 0.3 देखि ${micrometres} µm सम्मका कण`,
    sw: `Chembe za 0.3 hadi ${micrometres} µm katika 1 cm³ ya hewa`,
  },
  digits: 1,
  gross: { fail: [0, 30_000], suspect: [0, 10_000] },
  limits: {},
});

const catalogue = {
  temperature: {
    unit: 'Cel',
    name: {
      en: 'Temperature',
      ko: '기온',
      ja: '気温',
      zh: '气温',
      vi: 'Nhiệt độ',
      ne: 'तापक्रम',
      sw: 'Halijoto',
    },
    digits: 1,
    gross: { fail: [-60, 60], suspect: [-35, 48] },
    limits: {
      rateOfChange: { allowance: 3, perHour: 12 },
      spike: { suspect: 3, fail: 8 },
      flatLine: { tolerance: 0.1, suspectFor: 8 * hours, failFor: 24 * hours },
      agreement: { within: 5, share: 0 },
    },
  },
  humidity: {
    unit: '%RH',
    name: { en: 'Humidity', ko: '습도', ja: '湿度', zh: '湿度', vi: 'Độ ẩm', ne: 'आर्द्रता', sw: 'Unyevu' },
    digits: 0,
    gross: { fail: [0, 100], suspect: [2, 100] },
    limits: {
      rateOfChange: { allowance: 15, perHour: 60 },
      spike: { suspect: 15, fail: 40 },
      flatLine: { tolerance: 0.2, suspectFor: 12 * hours, failFor: 24 * hours },
      agreement: { within: 20, share: 0 },
    },
    restsAt: [95, 100],
  },
  pressure: {
    unit: 'hPa',
    name: {
      en: 'Air pressure',
      ko: '기압',
      ja: '気圧',
      zh: '气压',
      vi: 'Áp suất không khí',
      ne: 'वायुचाप',
      sw: 'Shinikizo la hewa',
    },
    digits: 1,
    gross: { fail: [500, 1100], suspect: [540, 1085] },
    limits: {
      rateOfChange: { allowance: 2, perHour: 8 },
      spike: { suspect: 2, fail: 10 },
      flatLine: { tolerance: 0.1, suspectFor: 12 * hours, failFor: 24 * hours },
      agreement: { within: 5, share: 0 },
    },
  },
  wind_speed: {
    unit: 'm/s',
    name: {
      en: 'Wind speed',
      ko: '풍속',
      ja: '風速',
      zh: '风速',
      vi: 'Tốc độ gió',
      ne: 'हावाको गति',
      sw: 'Kasi ya upepo',
    },
    digits: 1,
    gross: { fail: [0, 100], suspect: [0, 60] },
    limits: {},
  },
  pm1: agreeing(particulate(particlesNamed('PM1', '극초미세먼지'), 1_000, 500, 200, 5)),
  pm2_5: agreeing(particulate(particlesNamed('PM2.5', '초미세먼지'), 1_000, 800, 250, 5)),
  pm4: particulate(particlesNamed('PM4', '미세먼지'), 1_500, 1_200, 350, 5),
  pm10: particulate(particlesNamed('PM10', '미세먼지'), 2_000, 1_500, 500, 10),
  pm1_cf1: particulate(factoryCalibrated('PM1'), 2_000, 1_000, 300, 5),
  pm2_5_cf1: particulate(factoryCalibrated('PM2.5'), 2_000, 1_000, 400, 5),
  pm10_cf1: particulate(factoryCalibrated('PM10'), 4_000, 2_250, 750, 10),
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
    name: {
      en: 'Typical particle size',
      ko: '대표 입자 크기',
      ja: '代表的な粒子の大きさ',
      zh: '典型粒径',
      vi: 'Cỡ hạt điển hình',
      ne: 'सामान्य कणको आकार',
      sw: 'Ukubwa wa kawaida wa chembe',
    },
    digits: 2,
    gross: { fail: [0, 10], suspect: [0, 5] },
    limits: {},
  },
  formaldehyde: {
    unit: 'ug/m3',
    name: {
      en: 'Formaldehyde',
      ko: '폼알데하이드',
      ja: 'ホルムアルデヒド',
      zh: '甲醛',
      vi: 'Formaldehyde',
      ne: 'फर्मल्डिहाइड',
      sw: 'Formaldehidi',
    },
    digits: 0,
    gross: { fail: [0, 10_000], suspect: [0, 2_000] },
    limits: {},
  },
} satisfies Record<string, ObservedProperty>;

export type PropertyId = keyof typeof catalogue;

export const properties: Readonly<Record<PropertyId, ObservedProperty>> = catalogue;

/** True for a name that the catalogue has. */
export function isProperty(name: string): name is PropertyId {
  return Object.hasOwn(catalogue, name);
}
