/** The local interface under /api/v1: what the kiosk, a phone and a script may rely on. Times are ISO 8601 in UTC. */
import { z } from 'zod';

const localized = z.record(z.string(), z.string()).describe('By language tag.');
const time = z.iso.datetime().describe('UTC.');

/** How a value stands right now: recent and believed, too old, from a sensor that fails, or never seen. */
export const valueState = z.enum(['fresh', 'stale', 'faulty', 'missing']);

export const problem = z.object({
  code: z.string().describe('See config/ERRORS.md.'),
  message: z.string(),
  hint: z.string().describe('What a technician can do.'),
  since: time,
});

export const streamNow = z.object({
  stream: z.string().describe('`sensor/property`.'),
  sensor: z.string(),
  property: z.string(),
  name: localized,
  unit: z.string().describe('The catalogue’s unit id.'),
  symbol: z.string().describe('The unit as people read it.'),
  digits: z.int().describe('Digits after the point worth showing.'),
  value: z.number().nullable().describe('The last value that was given; null where there never was one.'),
  time: time.nullable().describe('When that value was taken.'),
  age: z.number().nullable().describe('Seconds since then.'),
  staleAfter: z.number().describe('Age in seconds from which it counts as stale.'),
  quality: z
    .int()
    .describe('QARTOD flag of that value: 1 pass, 2 not evaluated, 3 suspect, 4 fail, 9 missing.'),
  flag: z.enum(['pass', 'notEvaluated', 'suspect', 'fail', 'missing']),
  state: valueState,
});

export const sensorNow = z.object({
  sensor: z.string(),
  driver: z.string(),
  title: z.string(),
  state: z.enum(['starting', 'ok', 'failing']),
  problem: problem.nullable(),
});

export const inputNow = z.object({
  input: z.string(),
  driver: z.string(),
  state: z.string().nullable().describe('Such as `pressed`; null before the line was read.'),
  since: time.nullable(),
});

export const siteNow = z.object({
  id: z.string(),
  name: localized,
  timeZone: z.string(),
  languages: z.array(z.string()),
  pxPerMm: z.number(),
});

export const now = z.object({
  site: siteNow,
  time,
  streams: z.array(streamNow),
  sensors: z.array(sensorNow),
  inputs: z.array(inputNow),
});

export const historyPoint = z.object({
  time,
  value: z.number().nullable(),
  quality: z.int(),
  count: z.int(),
});

export const history = z.object({
  stream: z.string(),
  unit: z.string(),
  from: time,
  to: time,
  every: z.number().nullable().describe('Seconds per mean; null for single readings.'),
  points: z.array(historyPoint),
});

export const health = z.object({
  status: z.enum(['ok', 'degraded']).describe('degraded: some part fails; sensing goes on.'),
  version: z.string(),
  time,
  uptime: z.number().describe('Seconds.'),
  sensors: z.array(sensorNow),
  store: z.object({
    ok: z.boolean(),
    epoch: z.string().nullable(),
    file: z.string(),
    bytes: z.number(),
    lastSeq: z.int(),
    uncommitted: z.int(),
    problem: problem.nullable(),
  }),
  uplink: z
    .object({
      url: z.string(),
      connected: z.boolean(),
      waiting: z.int().describe('Rows that wait to be sent.'),
      sent: z.int().describe('Readings acknowledged since the start.'),
      problem: problem.nullable(),
    })
    .nullable(),
});

export const shelterEvent = z.object({
  kind: z.string(),
  source: z.string(),
  time,
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

export const failure = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string(),
});

export type ValueState = z.infer<typeof valueState>;
export type ProblemNow = z.infer<typeof problem>;
export type StreamNow = z.infer<typeof streamNow>;
export type SensorNow = z.infer<typeof sensorNow>;
export type InputNow = z.infer<typeof inputNow>;
export type SiteNow = z.infer<typeof siteNow>;
export type Now = z.infer<typeof now>;
export type History = z.infer<typeof history>;
export type Health = z.infer<typeof health>;
export type EventNow = z.infer<typeof shelterEvent>;

/**
 * What `/api/v1/events` sends, by event name. `now` comes first and after each change of a sensor's state; `stream`
 * with each reading and with each change of its state; `beat` every 2 s, so that silence tells of a dead runtime.
 */
export interface ServerEvents {
  now: Now;
  stream: StreamNow;
  event: EventNow;
  beat: { time: string };
}
