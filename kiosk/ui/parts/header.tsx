import type { SiteNow } from '../../../runtime/api/contract.js';
import { formatDate, formatTime } from '../i18n/format.js';
import { localized } from '../i18n/languages.js';
import type { Words } from './words.js';

/** The stop's name, and the time while somebody confirms it. */
export function Header({ site, time, words }: { site: SiteNow; time: number | undefined; words: Words }) {
  const { language } = words;
  return (
    <header class="header">
      <h1>{localized(site.name, language)}</h1>
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
