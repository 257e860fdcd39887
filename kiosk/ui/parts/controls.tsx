import { languages } from '../../../config/catalogue/languages.js';
import { spoken } from '../i18n/languages.js';
import type { Page } from '../state/page.js';
import type { Words } from './words.js';

export const technicalId = 'technical';

/** Everything that can be touched, within reach at the lower edge. */
export function Controls({
  page,
  languages: tags,
  words: { say, language },
}: {
  page: Page;
  languages: readonly string[];
  words: Words;
}) {
  const open = page.showsTechnical.value;

  function toggle(): void {
    page.showsTechnical.value = !open;
    if (!open) requestAnimationFrame(() => document.getElementById(technicalId)?.scrollIntoView());
  }

  return (
    <nav class="controls">
      <button type="button" class="control" aria-expanded={open} aria-controls={technicalId} onClick={toggle}>
        {open ? say.technical.hide : say.technical.show}
      </button>
      <fieldset class="languages">
        <legend class="unseen">{say.language}</legend>
        {spoken(tags).map((tag) => (
          <button
            key={tag}
            type="button"
            class="control"
            lang={tag}
            data-language={tag}
            aria-pressed={tag === language}
            onClick={() => page.choose(tag)}
          >
            {languages[tag]}
          </button>
        ))}
      </fieldset>
    </nav>
  );
}
