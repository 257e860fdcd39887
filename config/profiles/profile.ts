import type { Language } from '../catalogue/languages.js';
import type { DisplayUnit } from './display-units.js';

/** The same in every language of the catalogue. */
export type Words = Readonly<Record<Language, string>>;

/** Whom advice is for. */
export const groups = {
  everyone: { en: 'Everyone', ko: '모든 사람' },
  sensitive: {
    en: 'Children, older people, heart and lung patients',
    ko: '어린이, 어르신, 심장·폐 질환자',
  },
  outdoorWorkers: { en: 'Outdoor workers', ko: '옥외 작업자' },
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
