import type { Language } from '../../../config/catalogue/languages.js';
import type { Messages } from '../i18n/messages.js';

/** How a part of the page speaks: what it says, and in which language numbers and times are written. */
export interface Words {
  say: Messages;
  language: Language;
}
