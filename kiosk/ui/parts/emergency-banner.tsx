import { formatValue } from '../i18n/format.js';
import { localizedIn } from '../i18n/languages.js';
import { isDrill } from '../state/announcements.js';
import type { Page } from '../state/page.js';
import { RankMark } from './announcement.js';
import { NextIcon } from './frame-icons.js';
import type { Words } from './words.js';

/** The emergency message that does not have the screen to itself, on whatever screen one is. */
export function EmergencyBanner({ page, words }: { page: Page; words: Words }) {
  const { language, say } = words;
  const { great, lesser } = page.emergencies.value;
  const { visit } = page;
  const isHome = visit.screen.value === 'board';
  if (isHome && great.length > 0) return null;
  const all = isHome ? lesser : [...great, ...lesser];
  const [first] = all;
  if (!first) return null;
  const { text, lang } = localizedIn(first.headline, language);
  return (
    <section
      class="banner"
      role="alert"
      data-severity={first.severity}
      data-drill={isDrill(first) || undefined}
    >
      <button
        type="button"
        class="announced"
        data-control="emergency"
        data-rank={first.severity}
        onClick={() => visit.go(great.length > 0 ? 'board' : 'notices')}
      >
        <RankMark announcement={{ rank: first.severity, isDrill: isDrill(first) }} words={words} />
        <span class="title" lang={lang} data-clipped>
          {text}
        </span>
        <span class="count">
          {all.length > 1 && say.announcements.all(formatValue(all.length, 0, language))}
          <NextIcon />
        </span>
      </button>
    </section>
  );
}
