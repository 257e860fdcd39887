import { z } from 'zod';
import { arrivals, emergencies, notices, officialAir, routes } from '../../api/content.js';

/** Spares the card many writes: what a power cut takes comes again from the broker, or has expired. */
const seldom = 600_000;

/**
 * What can stand on the screen: how long, in ms, it may wait for the card, and whether it is shown after a restart
 * while nobody knows the time. An old warning does less harm than one withheld; an old timetable lies.
 */
export const contentKinds = {
  arrivals: { within: seldom, withoutTime: 'hide' },
  routes: { within: seldom, withoutTime: 'hide' },
  notices: { within: seldom, withoutTime: 'hide' },
  air: { within: seldom, withoutTime: 'hide' },
  emergency: { within: 0, withoutTime: 'show' },
} as const;

export type ContentKind = keyof typeof contentKinds;

function item<Body extends z.ZodType>(body: Body) {
  return z.object({
    id: z.string(),
    key: z.string().nullable(),
    /** Wall times in ms. */
    issued: z.number(),
    expires: z.number(),
    body,
  });
}

/** What is kept over a restart: the last of each kind. */
export const keptContentSchema = z.object({
  arrivals: item(arrivals).optional(),
  routes: item(routes).optional(),
  notices: item(notices).optional(),
  air: item(officialAir).optional(),
  emergency: item(emergencies).optional(),
});

export type KeptContent = z.output<typeof keptContentSchema>;

/** What was sent of one kind. */
export interface Item<Body> {
  id: string;
  key: string | null;
  issued: number;
  expires: number;
  body: Body;
}
