/** What people can take along on a phone. */
import { z } from 'zod';

export const takeAlong = z.object({
  url: z
    .string()
    .nullable()
    .describe('Where this page is found from anywhere; null where the site names no such place.'),
  wifi: z
    .object({
      name: z.string(),
      password: z.string().nullable().describe('null: the network is open.'),
    })
    .nullable()
    .describe(
      'The network for the people waiting; null where there is none, or its password cannot be told.',
    ),
});

export type TakeAlong = z.infer<typeof takeAlong>;
