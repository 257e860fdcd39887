import { formatAgo, formatValue } from '../i18n/format.js';
import { lackIn } from '../i18n/lack.js';
import { localized } from '../i18n/languages.js';
import type { LifeOnBoard } from '../state/life.js';
import { AdviceList } from './advice-list.js';
import { GradePlate, Unconfirmed } from './grade-plate.js';
import { PropertyIcon } from './icons.js';
import type { Words } from './words.js';

/** What the weather feels like, or else how warm it is. */
export function FeltNow({ life, words }: { life: LifeOnBoard; words: Words }) {
  const { say, language } = words;
  const { shows, value, symbol, age, temperature, grade, forGroups, lack } = life.felt;
  return (
    <section class="meaning" data-meaning="felt" data-shows={shows} data-grade={grade?.id}>
      <GradePlate grade={grade}>
        <PropertyIcon property="temperature" />
        {value === undefined ? (
          <span class="word">{say.states.missing}</span>
        ) : (
          <span class="word">
            <data class="value" value={value}>
              {formatValue(value, 1, language)}
            </data>
            <span class="unit">{symbol}</span>
          </span>
        )}
      </GradePlate>
      <div class="told">
        <h2>
          {shows === 'temperature' ? localized(temperature, language) : say.life.feelsLike}
          {grade && <span class="grade">{localized(grade.word, language)}</span>}
        </h2>
        {lack && (
          <p class={shows === 'nothing' ? 'reason' : 'basis'}>
            {shows === 'temperature' && `${say.life.feelsLike}: `}
            {lackIn(lack, words)}
          </p>
        )}
        {life.isNow && value !== undefined && age !== undefined && (
          <p class="basis">{formatAgo(age, language, say.justNow)}</p>
        )}
        <Unconfirmed life={life} words={words} />
      </div>
      <AdviceList advice={forGroups} words={words} />
    </section>
  );
}
