import { formatValue } from '../i18n/format.js';
import { Button } from './button.js';
import { TickIcon } from './frame-icons.js';
import type { Words } from './words.js';

/** Asks whether somebody is still there, before what they chose is put back. Any touch and any key says yes. */
export function StillThere({ remaining, words: { say, language } }: { remaining: number; words: Words }) {
  const seconds = formatValue(remaining, 0, language);
  return (
    <div class="veil">
      <div
        class="asking"
        role="alertdialog"
        aria-modal="true"
        aria-labelledby="asking"
        data-remaining={remaining}
      >
        <p class="countdown" aria-hidden="true">
          {seconds}
        </p>
        <h2 id="asking">{say.visit.question}</h2>
        <p>{say.visit.explain}</p>
        <p class="left">{say.visit.remaining(seconds)}</p>
        {/* Whatever is touched goes on: this is here to be found. */}
        <Button name="go-on" kind="strong" word={say.visit.goOn} icon={<TickIcon />} onPress={() => {}} />
      </div>
    </div>
  );
}
