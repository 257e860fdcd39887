/** Calls for help from the people at a stop, and what became of them. */
import { z } from 'zod';
import { emergencyServices } from '../../config/profiles/emergency-numbers.js';

export const helpKinds = ['call', 'low-floor'] as const;

/** What is sent to ask for help. */
export const helpRequest = z.strictObject(
  {
    kind: z
      .enum(helpKinds, { error: '"call" or "low-floor"' })
      .describe('call: somebody needs help; low-floor: somebody needs a bus without steps.')
      .meta({ examples: ['call'] }),
    line: z
      .string({ error: 'the name of a line' })
      .regex(/^[\p{L}\p{N}\p{P}\p{S} ]{1,64}$/u, { error: 'the name of a line' })
      .optional()
      .describe('Which bus is meant, as it stands on it.')
      .meta({ examples: ['101'] }),
  },
  { error: 'a JSON object' },
);

export const helpCall = z.object({
  id: z.string(),
  kind: z.enum(helpKinds),
  line: z.string().nullable(),
  state: z
    .enum(['requested', 'received', 'sent', 'answered', 'failed'])
    .describe(
      'requested: heard, but not on the card yet; received: safe at the stop; sent: the broker has it; answered: so ' +
        'did the city; failed: it could not be kept and nobody will hear of it.',
    ),
  age: z.number().describe('Seconds since it was asked for.'),
  answer: z
    .object({ text: z.record(z.string(), z.string()).describe('By language tag.') })
    .nullable()
    .describe('null until somebody has answered.'),
});

export const help = z.object({
  available: z.boolean().describe('Whether there is anybody a call can be sent to.'),
  connected: z.boolean().describe('Whether a call goes out right now; otherwise it goes as soon as it can.'),
  phone: z.string().nullable().describe('The other way to the people who look after the stop.'),
  emergency: z
    .array(z.object({ number: z.string(), reaches: z.enum(emergencyServices) }))
    .describe('Numbers to be called in an emergency, after the site’s profile.'),
  calls: z.array(helpCall).describe('Those of the last half hour, the newest last.'),
});

export type HelpRequest = z.output<typeof helpRequest>;
export type HelpCall = z.infer<typeof helpCall>;
export type Help = z.infer<typeof help>;
