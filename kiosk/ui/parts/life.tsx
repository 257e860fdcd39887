import type { ComponentChildren } from 'preact';
import { formatAgo, formatValue } from '../i18n/format.js';
import { localized } from '../i18n/languages.js';
import { doubtIn } from '../i18n/messages.js';
import type { AlertOnBoard, Grade, Lacking, LifeOnBoard } from '../state/life.js';
import { AlertIcon, GradeIcon, PropertyIcon, StateIcon } from './icons.js';
import type { Words } from './words.js';

/** What the numbers mean for people here and now, with what to do about it. */
export function LifePart({ life, words }: { life: LifeOnBoard; words: Words }) {
  const { say } = words;
  return (
    <section class="life" data-life={life.isNow ? 'now' : 'old'} aria-label={say.life.title}>
      {life.alerts.map((alert) => (
        <AlertPart key={`${alert.alert} ${alert.level}`} alert={alert} words={words} />
      ))}
      <AirPart life={life} words={words} />
      <FeltPart life={life} words={words} />
    </section>
  );
}

function AlertPart({
  alert: { level, of, grade, advice },
  words: { language },
}: {
  alert: AlertOnBoard;
  words: Words;
}) {
  if (!grade) return null;
  const names = of.map((name) => localized(name, language)).join(', ');
  return (
    <article class="alert" data-alert={level} style={onGround(grade)}>
      <AlertIcon />
      <h2>{[localized(grade.word, language), names].filter(Boolean).join(' · ')}</h2>
      {advice && <p>{localized(advice, language)}</p>}
    </article>
  );
}

function AirPart({ life, words }: { life: LifeOnBoard; words: Words }) {
  const { air } = life;
  const { say, language } = words;
  return (
    <article class="meaning" data-meaning="air" data-grade={air.grade?.id}>
      <Plate grade={air.grade}>
        {air.grade ? <GradeIcon grade={air.grade.id} /> : <StateIcon state="missing" />}
        <span class="word">{air.grade ? localized(air.grade.word, language) : say.states.missing}</span>
      </Plate>
      <div class="told">
        <h2>{say.life.air}</h2>
        {air.advice && <p class="advice">{localized(air.advice, language)}</p>}
        {air.lack && <p class="reason">{lackIn(air.lack, words)}</p>}
        <p class="basis">
          {!life.isNow && <Old life={life} words={words} />}
          {air.grade && <span>{localized(air.title, language)}</span>}
          {air.grade && air.basis && <span>{say.life.bases[air.basis]}</span>}
        </p>
      </div>
    </article>
  );
}

function FeltPart({ life, words }: { life: LifeOnBoard; words: Words }) {
  const { felt } = life;
  const { say, language } = words;
  const isIndex = felt.shows === 'index';
  return (
    <article class="meaning" data-meaning="felt" data-shows={felt.shows} data-grade={felt.grade?.id}>
      <Plate grade={felt.grade}>
        <PropertyIcon property="temperature" />
        {felt.value === undefined ? (
          <span class="word">{say.states.missing}</span>
        ) : (
          <span class="word">
            <data class="value" value={felt.value}>
              {formatValue(felt.value, 1, language)}
            </data>
            <span class="unit">{felt.symbol}</span>
          </span>
        )}
      </Plate>
      <div class="told">
        <h2>
          {felt.shows === 'temperature' ? localized(felt.temperature, language) : say.life.feelsLike}
          {isIndex && felt.grade && <span class="grade">{localized(felt.grade.word, language)}</span>}
        </h2>
        {felt.advice && <p class="advice">{localized(felt.advice, language)}</p>}
        {felt.lack && (
          <p class={felt.shows === 'nothing' ? 'reason' : 'basis'}>
            {felt.shows === 'temperature' && <span>{say.life.feelsLike}</span>}
            <span>{lackIn(felt.lack, words)}</span>
          </p>
        )}
        <p class="basis">
          {!life.isNow && <Old life={life} words={words} />}
          {life.isNow && felt.value !== undefined && felt.age !== undefined && (
            <span>{formatAgo(felt.age, language, say.justNow)}</span>
          )}
        </p>
      </div>
    </article>
  );
}

/** The ground has the colour of the grade; the word on it says the same. */
function Plate({ grade, children }: { grade: Grade | undefined; children: ComponentChildren }) {
  return (
    <p class="plate" style={grade && onGround(grade)}>
      {children}
    </p>
  );
}

function Old({ life, words: { say, language } }: { life: LifeOnBoard; words: Words }) {
  return (
    <span class="old">
      <StateIcon state="stale" />
      {say.states.stale} {formatAgo(life.age, language, say.justNow)}
    </span>
  );
}

function onGround({ colour, ink }: Grade): { background: string; color: string } {
  return { background: colour, color: ink };
}

function lackIn({ code, input }: Lacking, { say, language }: Words): string {
  if (!input) return say.life.absences[code];
  const { name, why, doubts } = input;
  const isDoubted = (why === 'fail' || why === 'suspect') && doubts.length > 0;
  return `${localized(name, language)}: ${isDoubted ? doubtIn(doubts, say) : say.life.lacks[why]}`;
}
