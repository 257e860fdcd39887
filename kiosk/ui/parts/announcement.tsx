import type { ComponentChildren } from 'preact';
import { formatValue } from '../i18n/format.js';
import { localized, localizedIn } from '../i18n/languages.js';
import type { Announcement } from '../state/announcements.js';
import { RankIcon } from './bus-icons.js';
import { NextIcon } from './frame-icons.js';
import type { Words } from './words.js';

/** The first of what is announced, how many there are, and the way to all of it. */
export function Announced({
  control,
  first,
  count,
  words,
  onPress,
  children,
}: {
  control: string;
  first: Pick<Announcement, 'rank' | 'isDrill'> & Partial<Pick<Announcement, 'alert'>>;
  count: number;
  words: Words;
  onPress: () => void;
  children: ComponentChildren;
}) {
  const { say, language } = words;
  return (
    <button
      type="button"
      class="announced"
      data-control={control}
      data-rank={first.rank}
      data-alert={first.alert?.level}
      onClick={onPress}
    >
      <RankMark announcement={first} words={words} />
      {children}
      <span class="count">
        {count > 1 && say.announcements.all(formatValue(count, 0, language))}
        <NextIcon />
      </span>
    </button>
  );
}

/** How grave it is, in a word and a shape; of a drill, that it is one. */
export function RankMark({
  announcement: { rank, isDrill },
  words: { say },
}: {
  announcement: Pick<Announcement, 'rank' | 'isDrill'>;
  words: Words;
}) {
  return (
    <span class="rank" data-rank={rank} data-drill={isDrill || undefined}>
      <RankIcon rank={rank} />
      {isDrill ? say.emergency.drill : say.announcements.ranks[rank]}
    </span>
  );
}

/** What it is about, in a line or two. */
export function Title({
  announcement: { title, alert },
  words: { language },
}: {
  announcement: Announcement;
  words: Words;
}) {
  const { text, lang } = localizedIn(title, language);
  const about = alert?.of.map((name) => localized(name, language)).join(', ');
  return <span lang={lang}>{[text, about].filter(Boolean).join(' · ')}</span>;
}
