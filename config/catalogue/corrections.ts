import type { PropertyId } from './properties.js';

/** A way to correct what a low-cost particle sensor says. None is in use unless a site asks for it. */
export interface Correction {
  title: { en: string; ko: string };
  /** What it is made for. */
  corrects: readonly PropertyId[];
  /** Stands for it where a row keeps it. A number is never given to another: rows outlive programs. */
  number: number;
}

const catalogue = {
  'epa-2021': {
    title: { en: 'US EPA correction, 2021', ko: '미국 EPA 보정 (2021)' },
    corrects: ['pm2_5'],
    number: 1,
  },
  'epa-piecewise': {
    title: { en: 'US EPA correction, piecewise, for smoke too', ko: '미국 EPA 구간별 보정 (연기 포함)' },
    corrects: ['pm2_5'],
    number: 2,
  },
  'humidity-growth': {
    title: { en: 'Without the water that particles took up', ko: '입자 흡습 보정' },
    corrects: ['pm1', 'pm2_5'],
    number: 3,
  },
} as const satisfies Record<string, Correction>;

export type CorrectionId = keyof typeof catalogue;

export const corrections: Readonly<Record<CorrectionId, Correction>> = catalogue;

export const correctionIds = Object.keys(catalogue) as readonly CorrectionId[];

/** The correction that a row's number stands for; undefined for 0, and for one that only a later program knows. */
export function correctionOfNumber(number: number): CorrectionId | undefined {
  return correctionIds.find((id) => catalogue[id].number === number);
}
