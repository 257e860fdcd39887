import { localizedIn } from '../i18n/languages.js';
import type { Advice } from '../state/life.js';
import type { Words } from './words.js';

/** What to do, for each group of people. */
export function AdviceList({ advice, words: { language } }: { advice: readonly Advice[]; words: Words }) {
  if (advice.length === 0) return null;
  return (
    <dl class="advice-list">
      {advice.map(({ group, whom, text }) => {
        const [who, what] = [localizedIn(whom, language), localizedIn(text, language)];
        return (
          <div key={group} data-group={group}>
            <dt class={group === 'everyone' ? 'unseen' : undefined} lang={who.lang}>
              {who.text}
            </dt>
            <dd lang={what.lang}>{what.text}</dd>
          </div>
        );
      })}
    </dl>
  );
}
