import type { Page } from '../state/page.js';
import { Announced, Title } from './announcement.js';
import type { Words } from './words.js';

/**
 * The gravest of what is announced, and the way to all of it; where nobody can go that way, one after the other. What is
 * an emergency has a place of its own.
 */
export function AnnouncementStrip({ page, words }: { page: Page; words: Words }) {
  const { say } = words;
  const all = page.announcements.value;
  const others = all.filter(({ key }) => !key.startsWith('emergency '));
  const shown = others[page.turn.value % others.length];
  if (!shown) return null;
  return (
    <section class="strip-of-notices" aria-label={say.announcements.title}>
      <Announced
        control="notices"
        first={shown}
        count={all.length}
        words={words}
        onPress={() => page.visit.go('notices')}
      >
        <span class="title" data-clipped>
          <Title announcement={shown} words={words} />
        </span>
      </Announced>
    </section>
  );
}
