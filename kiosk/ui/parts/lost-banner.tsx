import type { SiteNow } from '../../../runtime/api/contract.js';
import { formatAgo, formatTime } from '../i18n/format.js';
import type { Board } from '../state/board.js';
import type { Page } from '../state/page.js';
import { UnpluggedIcon } from './icons.js';
import type { Words } from './words.js';

/** Says that nothing on the page is confirmed, and since when. */
export function LostBanner({ page, words }: { page: Page; words: Words }) {
  const { notConnected } = words.say;
  const { lastHeard } = page.board.value;
  const site = page.site.value;
  return (
    <section class="lost" role="alert">
      <UnpluggedIcon />
      <div>
        <h2>{notConnected.title}</h2>
        <p aria-live="off">
          {lastHeard && site ? lastUpdate(lastHeard, site, words) : notConnected.neverHeard}
        </p>
      </div>
    </section>
  );
}

function lastUpdate(
  { time, age }: NonNullable<Board['lastHeard']>,
  site: SiteNow,
  { say, language }: Words,
): string {
  const at = time === undefined ? undefined : formatTime(time, site.timeZone, language);
  return say.notConnected.lastUpdate(formatAgo(age, language, say.justNow), at);
}
