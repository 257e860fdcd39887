import { formatDate, formatTime } from '../i18n/format.js';
import { localizedIn } from '../i18n/languages.js';
import type { Page } from '../state/page.js';
import type { Words } from './words.js';

/** So many letters of a name do not fit in a line on a panel. */
const long = 24;

/** The stop's name, and the time while somebody confirms it. */
export function Header({ page, words: { language } }: { page: Page; words: Words }) {
  const site = page.site.value;
  const { time } = page.board.value;
  if (!site) return null;
  const { text, lang } = localizedIn(site.name, language);
  return (
    <header class="header">
      <h1 lang={lang} data-long={text.length > long || undefined}>
        {text}
      </h1>
      {time !== undefined && (
        <>
          <p class="date">{formatDate(time, site.timeZone, language)}</p>
          <time class="clock" dateTime={new Date(time).toISOString()}>
            {formatTime(time, site.timeZone, language)}
          </time>
        </>
      )}
    </header>
  );
}
