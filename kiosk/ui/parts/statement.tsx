import { localized } from '../i18n/languages.js';
import type { LifeOnBoard } from '../state/life.js';
import type { Words } from './words.js';

/** What the law wants said beside the values of a simple particle meter. */
export function StatementPart({
  life,
  words: { say, language },
}: {
  life: LifeOnBoard | undefined;
  words: Words;
}) {
  return <p class="statement">{life?.statement ? localized(life.statement, language) : say.simpleMeter}</p>;
}
