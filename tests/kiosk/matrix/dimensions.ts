import { type Language, languages } from '../../../config/catalogue/languages.js';
import type { Measure } from './look/measure.js';

/** What a screen is tried in: every language, every way to have it, and every panel. */

export const languageIds = Object.keys(languages) as Language[];

/** What is on or off over every screen, by its control. */
export type Toggle = 'large' | 'contrast' | 'low' | 'voice';

/** Each way to have the page, by the controls that are pressed for it. */
export const modes = {
  plain: [],
  large: ['large'],
  contrast: ['contrast'],
  low: ['low'],
  spoken: ['voice'],
  'large-contrast': ['large', 'contrast'],
  'large-low': ['large', 'low'],
  all: ['large', 'contrast', 'low', 'voice'],
} as const satisfies Record<string, readonly Toggle[]>;

export type ModeId = keyof typeof modes;

/** What the page is shown on; lengths are in CSS pixels. */
export interface Panel {
  width: number;
  height: number;
  pxPerMm: number;
  view: 'panel' | 'hand' | 'wall';
  /** Low is there where part of the panel hangs higher than everybody reaches. */
  toggles: readonly Toggle[];
}

const desk = { pxPerMm: 4, view: 'panel', toggles: ['large', 'contrast', 'voice'] } as const;

export const panels = {
  portrait: { ...desk, width: 1080, height: 1920, toggles: ['large', 'contrast', 'low', 'voice'] },
  landscape: { ...desk, width: 1920, height: 1080 },
  phone: { ...desk, width: 390, height: 844, view: 'hand' },
  /** The same pixels on 32 inches. */
  'portrait-32': { ...desk, width: 1080, height: 1920, pxPerMm: 2.75, toggles: ['large'] },
  'landscape-32': { ...desk, width: 1920, height: 1080, pxPerMm: 2.75, toggles: ['large'] },
  tv: { ...desk, width: 1920, height: 1080, view: 'wall', toggles: [] },
} as const satisfies Record<string, Panel>;

export type PanelId = keyof typeof panels;

/** In mm: what a finger hits, what keeps two targets apart, and letters that everybody reads at arm's length. */
const needed = { target: 12, gap: 2.5, letters: 7.25 };

/** A phone has no site that measured it; these are the pixels that its own makers ask for. */
const onPhone: Measure = { target: 48, gap: 8, letters: 13, scrolls: 'down' };

export function measureOf({ view, pxPerMm }: Panel): Measure {
  if (view === 'hand') return onPhone;
  return {
    target: needed.target * pxPerMm,
    gap: needed.gap * pxPerMm,
    letters: needed.letters * pxPerMm,
    scrolls: 'never',
  };
}

export function canHave({ toggles }: Panel, mode: ModeId): boolean {
  return modes[mode].every((toggle) => toggles.includes(toggle));
}
