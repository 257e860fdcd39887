import { languages } from '../../../config/catalogue/languages.js';
import { spoken } from '../i18n/languages.js';
import type { Page } from '../state/page.js';
import { Button } from './button.js';
import { Sheet } from './sheet.js';
import type { Words } from './words.js';

/** Every language of the shelter, each in its own words. */
export function LanguageSheet({ page, words }: { page: Page; words: Words }) {
  const { visit } = page;
  return (
    <Sheet title={words.say.language} name="languages" words={words} onClose={() => visit.open(undefined)}>
      <div class="choices">
        {spoken(page.site.value?.languages ?? []).map((tag) => (
          <Button
            key={tag}
            name={`language-${tag}`}
            word={languages[tag]}
            lang={tag}
            pressed={tag === page.language.value}
            onPress={() => visit.choose(tag)}
          />
        ))}
      </div>
    </Sheet>
  );
}
