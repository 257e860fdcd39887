import type { ComponentChildren } from 'preact';
import { units } from '../../../config/catalogue/units.js';
import { formatAgo, formatValue } from '../i18n/format.js';
import { lackIn } from '../i18n/lack.js';
import { localized } from '../i18n/languages.js';
import type { Grade, LifeOnBoard } from '../state/life.js';
import type { Page } from '../state/page.js';
import { GradeIcon, PropertyIcon, StateIcon } from './icons.js';
import { StatementPart } from './statement.js';
import type { Words } from './words.js';

/** The air and the temperature at this stop, with what to do about them. Each leads to more. */
export function AirStrip({ page, words }: { page: Page; words: Words }) {
  const { life } = page.board.value;
  const { say, language } = words;
  if (!life) return null;
  const advice = life.air.advice ?? life.felt.advice;
  return (
    <section class="strip" data-life={life.isNow ? 'now' : 'old'} aria-label={say.life.title}>
      <AirTile life={life} page={page} words={words} />
      <FeltTile life={life} page={page} words={words} />
      {advice && <p class="advice">{localized(advice, language)}</p>}
      {life.air.figure && <StatementPart life={life} words={words} />}
    </section>
  );
}

function AirTile({ life, page, words }: { life: LifeOnBoard; page: Page; words: Words }) {
  const { say, language } = words;
  const { grade, figure, lack } = life.air;
  return (
    <Tile name="air" page={page} grade={grade}>
      <span class="sign" style={grade && { '--ground': grade.colour, '--on-ground': grade.ink }}>
        {grade ? <GradeIcon grade={grade.id} /> : <StateIcon state="missing" />}
        <span class="grade">{grade ? localized(grade.word, language) : say.states.missing}</span>
      </span>
      <span class="said">
        <span class="what">{figure ? localized(figure.name, language) : say.life.air}</span>
        {figure && (
          <span class="amount">
            {formatValue(figure.value, 0, language)} <small>{units['ug/m3'].symbol}</small>
          </span>
        )}
        {figure && <span class="how">{say.life.bases[figure.basis]}</span>}
        {lack && <span class="how">{lackIn(lack, words)}</span>}
        <Age life={life} age={undefined} words={words} />
      </span>
    </Tile>
  );
}

function FeltTile({ life, page, words }: { life: LifeOnBoard; page: Page; words: Words }) {
  const { say, language } = words;
  const { felt } = life;
  const isIndex = felt.shows === 'index';
  return (
    <Tile name="felt" page={page} grade={isIndex ? felt.grade : undefined}>
      <span class="said">
        <span class="what">
          {isIndex || felt.shows === 'nothing' ? say.life.feelsLike : localized(felt.temperature, language)}
        </span>
        <span class="amount">
          <PropertyIcon property="temperature" />
          {felt.value === undefined ? (
            <>
              <StateIcon state="missing" /> {say.states.missing}
            </>
          ) : (
            <>
              {formatValue(felt.value, 1, language)} <small>{felt.symbol}</small>
            </>
          )}
        </span>
        {isIndex && felt.grade && <span class="how">{localized(felt.grade.word, language)}</span>}
        {felt.shows === 'nothing' && felt.lack && <span class="how">{lackIn(felt.lack, words)}</span>}
        {felt.value !== undefined && <Age life={life} age={felt.age} words={words} />}
      </span>
    </Tile>
  );
}

function Tile({
  name,
  page,
  grade,
  children,
}: {
  name: string;
  page: Page;
  grade: Grade | undefined;
  children: ComponentChildren;
}) {
  return (
    <button
      type="button"
      class="tile"
      data-strip={name}
      data-grade={grade?.id}
      data-control={`air-${name}`}
      onClick={() => page.visit.go('air')}
    >
      {children}
    </button>
  );
}

/** How old it is; while nobody confirms it, that it is old. */
function Age({
  life,
  age,
  words: { say, language },
}: {
  life: LifeOnBoard;
  age: number | undefined;
  words: Words;
}) {
  if (!life.isNow) {
    return (
      <span class="how old">
        <StateIcon state="stale" />
        {say.states.stale} {formatAgo(life.age, language, say.justNow)}
      </span>
    );
  }
  return age === undefined ? null : <span class="how">{formatAgo(age, language, say.justNow)}</span>;
}
