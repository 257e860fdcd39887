/** What the screen may show that was not sensed here: sent by the city, for a time. Times are ISO 8601 in UTC. */
import { z } from 'zod';
import { type PropertyId, properties } from '../../config/catalogue/properties.js';
import { languageTexts as text } from './language-texts.js';

const time = z.iso.datetime().describe('UTC.');

const propertyIds = Object.keys(properties) as [PropertyId, ...PropertyId[]];

const name = z.string().regex(/^[\p{L}\p{N}\p{P}\p{S} ]{1,64}$/u);

const arrival = z.strictObject({
  line: name.describe('As it stands on the bus.'),
  destination: text(80),
  route: name.optional().describe('The id of its route in `routes`.'),
  expected: time.describe('When it is thought to come.'),
  scheduled: time.optional().describe('When it is to come by the timetable.'),
  basis: z.enum(['live', 'timetable']),
  asOf: time.optional().describe('When `expected` was worked out; by default when the message was issued.'),
  status: z.enum(['running', 'delayed', 'cancelled']).default('running'),
  stopsAway: z.int().min(0).max(500).optional(),
  crowding: z.enum(['empty', 'seats', 'standing', 'full']).optional(),
  lowFloor: z.boolean().optional().describe('Absent where that is not known.'),
  lastOfDay: z.boolean().default(false),
  detour: z.boolean().default(false).describe('Whether it leaves its usual way.'),
});

/** As it is sent. */
export const arrivals = z.strictObject({ arrivals: z.array(arrival).max(50) });

/** As it is shown: what is old can always be told. */
const shownArrivals = z.strictObject({
  arrivals: z
    .array(arrival.extend({ asOf: time.describe('When `expected` was worked out.') }))
    .describe('The soonest first. None: nothing comes, as far as is known.'),
});

/** The ways on from here. */
export const routes = z.strictObject({
  routes: z
    .array(
      z.strictObject({
        id: name,
        line: name.describe('As it stands on the bus.'),
        destination: text(80),
        stops: z
          .array(
            z.strictObject({
              name: text(80),
              here: z.boolean().default(false).describe('Whether it is this stop.'),
              transfers: z.array(name).max(40).default([]).describe('Other lines that stop there.'),
            }),
          )
          .max(150)
          .describe('From the first to the last.'),
        firstBus: time.optional().describe('When the first bus of this day of service leaves here.'),
        lastBus: time.optional().describe('When the last bus of this day of service leaves here.'),
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
    .max(500),
});

export const officialAir = z.strictObject({
  station: text(120),
  source: text(120),
  values: z
    .array(
      z.strictObject({
        property: z.enum(propertyIds),
        value: z.number().describe('In the unit of the catalogue.'),
        time: time.describe('The end of the hour that it is the mean of.'),
      }),
    )
    .max(20),
  absent: z
    .array(
      z.strictObject({
        property: z.enum(propertyIds),
        why: z.enum(['maintenance', 'communication', 'unknown']),
      }),
    )
    .max(20)
    .default([])
    .describe('What the station measures otherwise, and does not tell just now.'),
});

/** Words and levels of the Common Alerting Protocol (CAP 1.2). */
export const emergencies = z.strictObject({
  messages: z
    .array(
      z.strictObject({
        id: name,
        status: z
          .enum(['actual', 'exercise'])
          .default('actual')
          .describe('exercise: a drill, which is marked as one.'),
        severity: z.enum(['extreme', 'severe', 'moderate', 'minor']),
        headline: text(160),
        description: text(1_000).optional(),
        instruction: text(1_000).optional(),
        sender: text(120),
      }),
    )
    .max(500)
    .describe('None: what was announced is over.'),
});

function shown<Body extends z.ZodType>(body: Body) {
  return z
    .object({
      issued: time,
      expires: time.describe('From then on it is not given any more.'),
      signedBy: z.string().nullable().describe('Name of the key that vouches for it; null where none does.'),
      sources: z
        .array(z.string())
        .describe('Where it is from: `city` is what was sent over MQTT; otherwise feeds, by their ids.'),
      body,
    })
    .nullable();
}

/** null of a kind: nothing is known about it. */
export const content = z.object({
  arrivals: shown(shownArrivals),
  routes: shown(routes),
  notices: shown(notices),
  air: shown(officialAir),
  emergency: shown(emergencies),
});

export type Content = z.infer<typeof content>;
