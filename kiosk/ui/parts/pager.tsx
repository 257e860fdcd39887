import { formatValue } from '../i18n/format.js';
import { Button } from './button.js';
import { NextIcon, PreviousIcon } from './frame-icons.js';
import type { Pages } from './pages.js';
import type { Words } from './words.js';

/** Turns pages: they never turn by themselves. */
export function Pager({ pages: { at, of, turn }, words: { say, language } }: { pages: Pages; words: Words }) {
  const number = (value: number) => formatValue(value, 0, language);
  return (
    <nav class="pager" aria-label={say.frame.page(number(at + 1), number(of))}>
      <Button
        name="previous"
        word={say.frame.previous}
        icon={<PreviousIcon />}
        idle={at === 0}
        onPress={() => turn(at - 1)}
      />
      <p class="place">
        <span aria-hidden="true">
          {number(at + 1)} / {number(of)}
        </span>
        <span class="unseen">{say.frame.page(number(at + 1), number(of))}</span>
      </p>
      <Button
        name="next"
        word={say.frame.next}
        icon={<NextIcon />}
        idle={at === of - 1}
        onPress={() => turn(at + 1)}
      />
    </nav>
  );
}
