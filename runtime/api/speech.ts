/** What is asked of the voice. */
import { z } from 'zod';
import { type Language, languages } from '../../config/catalogue/languages.js';

export const speechParameters = z.strictObject({
  language: z
    .enum(Object.keys(languages) as [Language, ...Language[]], { error: 'the tag of a language' })
    .describe('In which language to speak.')
    .meta({ examples: ['ko'] }),
  text: z
    .string({ error: 'a text' })
    .min(1, { error: 'a text' })
    .max(600, { error: 'a text of at most 600 characters' })
    .regex(/^[^\p{Cc}\p{Co}\p{Cs}]*$/u, { error: 'a text in one line' })
    .regex(/[\p{L}\p{N}]/u, { error: 'a text with a letter or a digit' })
    .describe('What to say: at best one sentence, as it stands on the screen.')
    .meta({ examples: ['곧 도착'] }),
});
