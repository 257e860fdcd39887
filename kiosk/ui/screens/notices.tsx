import { formatValue } from '../i18n/format.js';
import { localizedIn } from '../i18n/languages.js';
import { RankMark, Title } from '../parts/announcement.js';
import type { Words } from '../parts/words.js';
import type { Announcement } from '../state/announcements.js';
import type { ScreenProps } from './screen.js';

/** All that is announced, whole, the gravest first. */
export function NoticesScreen({ page, words }: ScreenProps) {
  const { say, language } = words;
  const all = page.announcements.value;
  return (
    <>
      <h2 class="screen-title">
        {say.announcements.title}
        {all.length > 0 && <small>{say.announcements.all(formatValue(all.length, 0, language))}</small>}
      </h2>
      {all.length === 0 && <p class="nothing">{say.announcements.none}</p>}
      <ol class="announcements">
        {all.map((announcement) => (
          <AnnouncementPart key={announcement.key} announcement={announcement} words={words} />
        ))}
      </ol>
    </>
  );
}

function AnnouncementPart({ announcement, words }: { announcement: Announcement; words: Words }) {
  const { say, language } = words;
  const { rank, texts, sender, isDrill, alert } = announcement;
  return (
    <li class="announcement" data-rank={rank} data-alert={alert?.level}>
      <RankMark announcement={announcement} words={words} />
      <h3>
        <Title announcement={announcement} words={words} />
      </h3>
      {isDrill && <p>{say.emergency.drillNote}</p>}
      {texts.map((text, index) => {
        const { text: told, lang } = localizedIn(text, language);
        return (
          <p key={index} lang={lang}>
            {told}
          </p>
        );
      })}
      {sender && <p class="sender">{say.emergency.from(localizedIn(sender, language).text)}</p>}
    </li>
  );
}
