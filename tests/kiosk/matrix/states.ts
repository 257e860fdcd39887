import type { Language } from '../../../config/catalogue/languages.js';
import { allRows, coverPairs } from './covering.js';
import { languageIds, type ModeId, modes, type PanelId, panels } from './dimensions.js';
import {
  canBeOn,
  type ScreenName,
  type SituationId,
  screens,
  situationOf,
  situations,
} from './situations.js';

/** One way that the page can stand there. */
export interface State {
  panel: PanelId;
  situation: SituationId;
  language: Language;
  mode: ModeId;
}

const dimensions = {
  panel: Object.keys(panels) as PanelId[],
  language: languageIds,
  mode: Object.keys(modes) as ModeId[],
};

const situationIds = Object.keys(situations) as SituationId[];
const screenNames = Object.keys(screens) as ScreenName[];

/** All there are, in an order in which one is quickly reached from another. */
export function allStates(): State[] {
  return allRows({ ...dimensions, situation: situationIds })
    .filter(({ situation, panel, mode }) => canBeOn(situation, panels[panel], mode))
    .sort(inOrder);
}

/** Few of them: each screen, language, mode and panel meets each other once, and each situation is among them. */
export function selectedStates(): State[] {
  const rows = coverPairs({ ...dimensions, screen: screenNames }, ({ screen, panel, mode }) =>
    canBeOn(screens[screen][0], panels[panel], mode),
  );
  const seen = new Map<ScreenName, number>();
  return rows
    .map(({ screen, ...row }) => {
      const count = seen.get(screen) ?? 0;
      seen.set(screen, count + 1);
      const variants: readonly SituationId[] = screens[screen];
      return { ...row, situation: variants[count % variants.length] ?? screens[screen][0] };
    })
    .sort(inOrder);
}

export function nameOf({ panel, situation, language, mode }: State): string {
  return [situation, panel, language, ...(mode === 'plain' ? [] : [mode])].join('-');
}

function inOrder(one: State, other: State): number {
  return placeOf(one) - placeOf(other);
}

/** The panel weighs most, and a shelter that is gone comes last on each; then the language, the mode, the screen. */
function placeOf({ panel, situation, language, mode }: State): number {
  const places = [
    dimensions.panel.indexOf(panel),
    Number(situationOf(situation).shelter === 'gone'),
    dimensions.language.indexOf(language),
    dimensions.mode.indexOf(mode),
    situationIds.indexOf(situation),
  ];
  return places.reduce((sum, place) => sum * 100 + place, 0);
}
