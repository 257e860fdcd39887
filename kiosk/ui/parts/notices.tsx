import { formatTime } from '../i18n/format.js';
import { isNoticed } from '../i18n/messages.js';
import type { Page } from '../state/page.js';
import { BellIcon } from './icons.js';
import type { Words } from './words.js';

/** Tells people briefly of what just happened, such as a button that was pressed. */
export function Notices({ page, words: { say, language } }: { page: Page; words: Words }) {
  const events = page.board.value.recent;
  const site = page.site.value;
  return (
    <div class="notices" role="status">
      {events.map(
        ({ kind, source, time }) =>
          isNoticed(kind, say) && (
            <p class="notice" key={`${source} ${time}`} data-event={kind} data-source={source}>
              <BellIcon />
              {say.notices[kind]}
              {site && time && (
                <time dateTime={time}>{formatTime(Date.parse(time), site.timeZone, language)}</time>
              )}
            </p>
          ),
      )}
    </div>
  );
}
