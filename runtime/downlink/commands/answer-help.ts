import { z } from 'zod';
import { languageTexts } from '../../api/language-texts.js';
import type { HelpDesk } from '../../help.js';
import { type Command, defineCommand } from './command.js';

export function answerHelp(desk: Pick<HelpDesk, 'answer'>): Command {
  return defineCommand({
    name: 'answer-help',
    about:
      'Answers a call for help that somebody made at the screen; `call` is the `id` in `help.requested`.',
    args: z.strictObject({ call: z.string().max(64), text: languageTexts(300) }),
    async run({ call, text }) {
      desk.answer(call, text);
      return { result: { call } };
    },
  });
}
