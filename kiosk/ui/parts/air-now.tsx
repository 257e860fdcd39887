import { units } from '../../../config/catalogue/units.js';
import { formatValue } from '../i18n/format.js';
import { lackIn } from '../i18n/lack.js';
import { localized } from '../i18n/languages.js';
import type { LifeOnBoard } from '../state/life.js';
import { AdviceList } from './advice-list.js';
import { GradePlate, Unconfirmed } from './grade-plate.js';
import { GradeIcon, StateIcon } from './icons.js';
import { StatementPart } from './statement.js';
import type { Words } from './words.js';

/** The grade of the air here, what it is made from, and what to do about it. */
export function AirNow({ life, words }: { life: LifeOnBoard; words: Words }) {
  const { say, language } = words;
  const { title, grade, figure, forGroups, lack } = life.air;
  return (
    <section class="meaning" data-meaning="air" data-grade={grade?.id} data-life={life.isNow ? 'now' : 'old'}>
      <GradePlate grade={grade}>
        {grade ? <GradeIcon grade={grade.id} /> : <StateIcon state="missing" />}
        <span class="word">{grade ? localized(grade.word, language) : say.states.missing}</span>
      </GradePlate>
      <div class="told">
        <h2>{say.life.air}</h2>
        {figure && (
          <p class="amount">
            {localized(figure.name, language)}{' '}
            <span class="quantity">
              <strong>{formatValue(figure.value, 0, language)}</strong> {units['ug/m3'].symbol}
            </span>
          </p>
        )}
        {figure && <p class="basis">{say.life.bases[figure.basis]}</p>}
        {grade && <p class="basis">{localized(title, language)}</p>}
        {figure && <StatementPart life={life} words={words} />}
        {lack && <p class="reason">{lackIn(lack, words)}</p>}
        <Unconfirmed life={life} words={words} />
      </div>
      <AdviceList advice={forGroups} words={words} />
    </section>
  );
}
