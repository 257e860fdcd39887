import { localized, localizedIn } from '../i18n/languages.js';
import type { Announcement } from '../state/announcements.js';
import { RankIcon } from './bus-icons.js';
import type { Words } from './words.js';

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
