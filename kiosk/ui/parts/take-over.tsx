import { formatTime } from '../i18n/format.js';
import { localizedIn } from '../i18n/languages.js';
import { type Emergency, isDrill } from '../state/announcements.js';
import type { Page } from '../state/page.js';
import { RankMark } from './announcement.js';
import { Flow } from './flow.js';
import type { Words } from './words.js';

/** The emergency messages that outrank everything, one after the other. Nothing but their end takes them away. */
export function TakeOver({ page, words }: { page: Page; words: Words }) {
  const { great } = page.emergencies.value;
  return (
    <section class="take-over" role="alert" data-drill={great.every(isDrill) || undefined}>
      <Flow name="emergency" turn={page.turn.value} words={words}>
        {great.map((message) => (
          <Message key={message.id} message={message} page={page} words={words} />
        ))}
      </Flow>
    </section>
  );
}

function Message({ message, page, words }: { message: Emergency; page: Page; words: Words }) {
  const { say, language } = words;
  const { headline, instruction, description, sender, issued, severity } = message;
  const zone = page.site.value?.timeZone ?? 'UTC';
  return (
    <article class="emergency" data-emergency={message.id} data-drill={isDrill(message) || undefined}>
      <p class="kind">
        <RankMark announcement={{ rank: severity, isDrill: isDrill(message) }} words={words} />
        {isDrill(message) && <span>{say.emergency.drillNote}</span>}
      </p>
      <Text as="h2" texts={headline} words={words} />
      {instruction && <Text as="p" name="instruction" texts={instruction} words={words} />}
      {description && <Text as="p" name="description" texts={description} words={words} />}
      <p class="sender">
        {say.emergency.from(localizedIn(sender, language).text)}{' '}
        <time dateTime={issued}>{formatTime(Date.parse(issued), zone, language)}</time>
      </p>
    </article>
  );
}

function Text({
  as: Tag,
  name,
  texts,
  words: { language },
}: {
  as: 'h2' | 'p';
  name?: string;
  texts: Readonly<Record<string, string>>;
  words: Words;
}) {
  const { text, lang } = localizedIn(texts, language);
  return (
    <Tag class={name} lang={lang}>
      {text}
    </Tag>
  );
}
