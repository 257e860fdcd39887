import type { FunctionComponent } from 'preact';
import type { Words } from '../i18n/packs.js';
import type { Page } from '../state/page.js';

export type { ScreenId } from '../state/visit.js';

export interface ScreenProps {
  page: Page;
  words: Words;
}

/**
 * A screen gives the content of the frame's `<main>`, in reading order. The header, the emergency banner, the bar with
 * its controls and the pages of what is too long are the frame's.
 */
export type Screen = FunctionComponent<ScreenProps>;
