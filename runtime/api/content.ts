/** What the screen may show that was not sensed here: sent by the city, for a time. Times are ISO 8601 in UTC. */
import { z } from 'zod';
import { type PropertyId, properties } from '../../config/catalogue/properties.js';

const time = z.iso.datetime().describe('UTC.');

/** A text in one language or more. Of what is not to be seen it may hold line breaks alone. */
function text(most: number) {
  return z
    .record(
      z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/),
      z
        .string()
        .min(1)
        .max(most)
        .regex(/^[^\p{Cc}\p{Co}\p{Cs}]*(\n[^\p{Cc}\p{Co}\p{Cs}]*)*$/u),
    )
    .refine((languages) => Object.keys(languages).length > 0 && Object.keys(languages).length <= 16)
    .describe('By language tag.');
}

const name = z.string().regex(/^[\p{L}\p{N}\p{P}\p{S} ]{1,64}$/u);

export const arrivals = z.strictObject({
  arrivals: z
    .array(
      z.strictObject({
        line: name.describe('As it stands on the bus.'),
        destination: text(80),
        expected: time,
        basis: z.enum(['live', 'timetable']),
        status: z.enum(['running', 'delayed', 'cancelled']).default('running'),
        stopsAway: z.int().min(0).max(500).optional(),
        lastOfDay: z.boolean().default(false),
        lowFloor: z.boolean().optional(),
      }),
    )
    .max(50),
});

export const notices = z.strictObject({
  notices: z
    .array(
      z.strictObject({
        id: name,
        severity: z.enum(['information', 'warning']),
        title: text(120),
        text: text(1_000).optional(),
      }),
    )
    .max(20),
});

export const officialAir = z.strictObject({
  station: text(120),
  source: text(120),
  values: z
    .array(
      z.strictObject({
        property: z.enum(Object.keys(properties) as [PropertyId, ...PropertyId[]]),
        value: z.number().describe('In the unit of the catalogue.'),
        time,
      }),
    )
    .max(20),
});

/** Words and levels of the Common Alerting Protocol (CAP 1.2). */
export const emergencies = z.strictObject({
  messages: z
    .array(
      z.strictObject({
        id: name,
        severity: z.enum(['extreme', 'severe', 'moderate', 'minor']),
        headline: text(160),
        description: text(1_000).optional(),
        instruction: text(1_000).optional(),
        sender: text(120),
      }),
    )
    .max(10)
    .describe('None: what was announced is over.'),
});

function sent<Body extends z.ZodType>(body: Body) {
  return z.object({
    issued: time,
    expires: time.describe('From then on it is not given any more.'),
    signedBy: z.string().nullable().describe('Name of the key that vouches for it; null where none does.'),
    body,
  });
}

export const content = z.object({
  arrivals: sent(arrivals).nullable(),
  notices: sent(notices).nullable(),
  air: sent(officialAir).nullable(),
  emergency: sent(emergencies).nullable(),
});

export type Content = z.infer<typeof content>;
