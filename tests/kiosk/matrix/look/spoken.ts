import { sentencesOnScreen } from '../../../../kiosk/ui/voice/sentences.js';
import { named, type Seen } from './seen.js';

/** The drawing of a chart, whose sentence stands below it, and the player: its words are said when one comes to them. */
const saidOtherwise = '.chart, .player';

/** Visible text that the voice leaves out. */
export function unspoken({ lines }: Seen): string[] {
  const spoken = sentencesOnScreen()
    .map(({ text }) => text)
    .join(' ');
  return lines
    .filter(({ element }) => !element.closest(saidOtherwise))
    .flatMap(({ element, text }) => {
      const missing = wordsOf(text.data).filter((word) => !spoken.includes(word));
      return missing.length > 0 ? [`the voice leaves out “${missing.join(' ')}”: ${named(element)}`] : [];
    });
}

/** Words and numbers, without signs. */
function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{M}]+|\p{N}+/gu) ?? [];
}
