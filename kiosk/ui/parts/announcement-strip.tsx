import { formatValue } from '../i18n/format.js';
import type { Page } from '../state/page.js';
import { RankMark, Title } from './announcement.js';
import { NextIcon } from './frame-icons.js';
import type { Words } from './words.js';

/** The gravest of what is announced, and the way to all of it. What is an emergency has a place of its own. */
export function AnnouncementStrip({ page, words }: { page: Page; words: Words }) {
  const { say, language } = words;
  const all = page.announcements.value;
  const shown = all.find(({ key }) => !key.startsWith('emergency '));
  if (!shown) return null;
  return (
    <section class="strip-of-notices" aria-label={say.announcements.title}>
      <button
        type="button"
        class="announced"
        data-control="notices"
        data-rank={shown.rank}
        data-alert={shown.alert?.level}
        onClick={() => page.visit.go('notices')}
      >
        <RankMark announcement={shown} words={words} />
        <span class="title" data-clipped>
          <Title announcement={shown} words={words} />
        </span>
        <span class="count">
          {all.length > 1 && say.announcements.all(formatValue(all.length, 0, language))}
          <NextIcon />
        </span>
      </button>
    </section>
  );
}
