import type { ComponentChildren } from 'preact';
import { formatAgo } from '../i18n/format.js';
import type { Grade, LifeOnBoard } from '../state/life.js';
import { StateIcon } from './icons.js';
import type { Words } from './words.js';

/** The ground has the colour of the grade; the word on it says the same. */
export function GradePlate({ grade, children }: { grade: Grade | undefined; children: ComponentChildren }) {
  return (
    <p class="grade-plate" style={grade && { '--ground': grade.colour, '--on-ground': grade.ink }}>
      {children}
    </p>
  );
}

/** Says so where nobody confirms it any more. */
export function Unconfirmed({ life, words: { say, language } }: { life: LifeOnBoard; words: Words }) {
  if (life.isNow) return null;
  return (
    <p class="unconfirmed">
      <StateIcon state="stale" />
      {say.states.stale} {formatAgo(life.age, language, say.justNow)}
    </p>
  );
}
