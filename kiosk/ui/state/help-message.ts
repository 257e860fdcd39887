import type { Help, HelpCall } from '../../../runtime/api/contract.js';
import { type Check, each, flag, list, number, oneOf, orNull, shape, text } from './checks.js';

export const helpCall: Check<HelpCall> = shape<HelpCall>({
  id: text,
  kind: oneOf('call', 'low-floor'),
  line: orNull(text),
  state: oneOf('requested', 'received', 'sent', 'answered', 'failed'),
  age: number,
  answer: orNull(shape<NonNullable<HelpCall['answer']>>({ text: each(text) })),
});

/** Ways to help, and what became of calls for it. */
export const help = shape<Help>({
  available: flag,
  connected: flag,
  phone: orNull(text),
  emergency: list(
    shape<Help['emergency'][number]>({
      number: text,
      reaches: oneOf('everyone', 'fire-and-ambulance', 'police'),
    }),
  ),
  calls: list(helpCall),
});
