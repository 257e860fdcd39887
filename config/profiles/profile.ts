import type { Words } from '../catalogue/languages.js';
import type { DisplayUnit } from './display-units.js';

export type { Words } from '../catalogue/languages.js';

/** Whom advice is for. */
export const groups = {
  everyone: {
    en: 'Everyone',
    ko: '모든 사람',
    ja: 'すべての人',
    zh: '所有人',
    vi: 'Mọi người',
    ne: 'सबै जना',
    sw: 'Watu wote',
  },
  sensitive: {
    en: 'Children, older people, heart and lung patients',
    ko: '어린이, 어르신, 심장·폐 질환자',
    ja: '子ども・高齢者・心臓や肺の病気の人',
    zh: '儿童、老年人、心肺疾病患者',
    vi: 'Trẻ em, người cao tuổi, người bệnh tim phổi',
    ne: 'बालबालिका, वृद्ध, मुटु र फोक्सोका बिरामी',
    sw: 'Watoto, wazee, wagonjwa wa moyo na mapafu',
  },
  outdoorWorkers: {
    en: 'Outdoor workers',
    ko: '옥외 작업자',
    ja: '屋外で働く人',
    zh: '户外工作者',
    vi: 'Người làm việc ngoài trời',
    ne: 'बाहिर काम गर्ने',
    sw: 'Wafanyakazi wa nje',
  },
} as const satisfies Readonly<Record<string, Words>>;

export type Group = keyof typeof groups;

export type Colour = `#${string}`;

export const black = '#000000';
export const white = '#ffffff';

/** How a grade is shown, and what to do about it. The word says it all: the colour only helps. */
export interface GradeShown {
  /** As the index has it. */
  id: string;
  word: Words;
  colour: Colour;
  /** The colour of text upon it. */
  ink: typeof black | typeof white;
  advice: Readonly<Record<Group, Words>>;
}

/** The grades of one index, or of several that share their bands, from the least to the greatest value. */
export interface Scale {
  /** Ids of indices, or `heat-advisory` and `cold-advisory`. */
  of: readonly string[];
  grades: readonly GradeShown[];
  /** The guidance that the advice follows. */
  sources: readonly string[];
}

/** What the stops of a city show of the air and the weather, and how they say it. */
export interface Profile {
  name: Words;
  /** Ids of the indices that are worked out, the one for the air first. */
  indices: readonly string[];
  air: Scale;
  /** Indices of what the weather feels like; the first that has a value is shown. */
  feelsLike: readonly string[];
  weather: readonly Scale[];
  /** What is announced while it lasts: an advisory, then a warning. */
  alerts: readonly Scale[];
  units: { temperature: DisplayUnit<'temperature'>; wind: DisplayUnit<'wind'> };
}
