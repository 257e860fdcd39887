import { localizedIn } from '../i18n/languages.js';
import { isDrill } from '../state/announcements.js';
import type { Page } from '../state/page.js';
import { Announced } from './announcement.js';
import type { Words } from './words.js';

/** The emergency message that does not have the screen to itself, on whatever screen one is. */
export function EmergencyBanner({ page, words }: { page: Page; words: Words }) {
  const { language } = words;
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
      <Announced
        control="emergency"
        first={{ rank: first.severity, isDrill: isDrill(first) }}
        count={all.length}
        words={words}
        onPress={() => visit.go(great.length > 0 ? 'board' : 'notices')}
      >
        <span class="title" lang={lang} data-clipped>
          {text}
        </span>
      </Announced>
    </section>
  );
}
