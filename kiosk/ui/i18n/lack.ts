import type { Lacking } from '../state/life.js';
import { localized } from './languages.js';
import { doubtIn } from './messages.js';
import type { Words } from './packs.js';

/** Why something cannot be told, in words. */
export function lackIn({ code, input }: Lacking, { say, language }: Words): string {
  if (!input) return say.life.absences[code];
  const { name, why, doubts } = input;
  const isDoubted = (why === 'fail' || why === 'suspect') && doubts.length > 0;
  return `${localized(name, language)}: ${isDoubted ? doubtIn(doubts, say) : say.life.lacks[why]}`;
}
