/** The local interface under /api/v1: what the kiosk, a phone and a script may rely on. Times are ISO 8601 in UTC. */
import { z } from 'zod';
import type { Content } from './content.js';
import type { Help } from './help.js';
import { kioskStatus, kioskSteps } from './kiosk.js';
import type { Life } from './life.js';

export type { Content } from './content.js';
export type { Help, HelpCall, HelpRequest } from './help.js';
export {
  type KioskAnswer,
  type KioskOrder,
  type KioskReport,
  type KioskSettings,
  type KioskStatus,
  kioskTurn,
} from './kiosk.js';
export type { Life } from './life.js';
export type { Faults, Maintenance, MaintenanceSession, MaintenanceStream } from './maintenance.js';
export type { TakeAlong } from './take-along.js';

const localized = z.record(z.string(), z.string()).describe('By language tag.');
const time = z.iso.datetime().describe('UTC.');

/**
 * How a value stands right now: recent and believed, too old, suspect, failed, or never seen. Only one that is fresh
 * or stale may be shown as what is measured here.
 */
export const valueState = z.enum(['fresh', 'stale', 'doubtful', 'faulty', 'missing']);

const doubts = z.array(z.string()).describe('The quality tests that found it suspect or failed.');

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
  time: time
    .nullable()
    .describe(
      'When that value was taken; null where the clock had not been synchronised: then only its age is known.',
    ),
  age: z.number().nullable().describe('Seconds since then.'),
  staleAfter: z.number().describe('Age in seconds from which it counts as stale.'),
  quality: z
    .int()
    .describe('QARTOD flag of that value: 1 pass, 2 not evaluated, 3 suspect, 4 fail, 9 missing.'),
  flag: z.enum(['pass', 'notEvaluated', 'suspect', 'fail', 'missing']),
  doubts,
  state: valueState,
  calibration: z
    .int()
    .nullable()
    .describe('Which version of /api/v1/calibrations made that value; null where it was never calibrated.'),
  correction: z.string().nullable().describe('What corrected that value; null where nothing did.'),
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
  since: time
    .nullable()
    .describe('null before the line was read, and where the clock has not been synchronised.'),
});

const loudness = z.int().describe('In percent of what the amplifier is set to.');

export const voiceNow = z.object({
  volume: loudness,
  night: z.object({
    from: z.int().describe('In minutes since midnight; `to` before `from` is of the next day.'),
    to: z.int(),
    volume: loudness,
  }),
});

export const siteNow = z.object({
  id: z.string(),
  name: localized,
  timeZone: z.string(),
  languages: z.array(z.string()),
  pxPerMm: z.number(),
  voice: voiceNow.describe('How loud the screen speaks.'),
  panelBottom: z.number().describe('Height of the panel’s lower edge above the floor, in mm.'),
});

export const now = z.object({
  site: siteNow,
  time: time.nullable().describe('null where the clock has not been synchronised.'),
  streams: z.array(streamNow),
  sensors: z.array(sensorNow),
  inputs: z.array(inputNow),
});

export const historyPoint = z.object({
  time,
  value: z.number().nullable(),
  quality: z.int(),
  count: z.int(),
  doubts: doubts.optional().describe('The quality tests that doubted a single reading, where any did.'),
  calibration: z
    .int()
    .optional()
    .describe('Which version of /api/v1/calibrations made a single reading, where one did.'),
  correction: z.string().optional().describe('What corrected a single reading, where anything did.'),
  calibrated: z
    .number()
    .optional()
    .describe('The calibrated value of a single reading that was corrected: what its flag is about.'),
  unsynchronised: z
    .literal(true)
    .optional()
    .describe('Present where the time is not to be believed, as the clock has not been synchronised yet.'),
});

export const history = z.object({
  stream: z.string(),
  unit: z.string(),
  from: time,
  to: time,
  every: z.number().nullable().describe('Seconds per mean; null for single readings.'),
  points: z.array(historyPoint),
});

export const downlinkNow = z.object({
  taken: z.int().describe('Messages from upstream that were believed since the start.'),
  refused: z.record(z.string(), z.int()).describe('Messages that were refused since the start, by reason.'),
  desired: z.object({
    version: z.int().nullable().describe('Of the desired configuration that runs; null where there is none.'),
    needsRestart: z.array(z.string()).describe('Keys of it that hold from the next start.'),
    refused: z.boolean().describe('Whether the last one was refused.'),
  }),
});

export const kioskNow = z.object({
  heard: z.number().nullable().describe('Seconds since it was heard; null where it never was.'),
  status: kioskStatus.nullable().describe('As it told last; null where it never did.'),
  steps: z
    .record(z.enum(kioskSteps), z.int())
    .describe(
      'How often each step was taken to keep the screen true, as reported since this program started.',
    ),
  problem: problem.nullable(),
});

const gone = z
  .object({
    thinned: z.int().describe('Means stand for them.'),
    dropped: z.int().describe('There was no room.'),
    released: z.int().describe('They were sent long ago.'),
    damaged: z.int().describe('Their bytes were not what was written.'),
  })
  .describe('Rows that are not there any more, since the database was made.');

export const ledgerEntry = z.object({
  id: z.int().describe('Later entries have greater ones.'),
  log: z.enum(['readings', 'events']),
  what: z
    .enum(['thinned', 'dropped', 'released', 'damaged', 'skipped'])
    .describe('See `gone` in /api/v1/health; `skipped` are numbers that an unclean end left in doubt.'),
  width: z.number().describe('Of the means, in seconds; otherwise 0.'),
  first: z.int().describe('Everything that was there from this seq …'),
  last: z.int().describe('… up to this one.'),
  from: time
    .nullable()
    .describe('When the oldest of it was taken; null where the clock had not been synchronised.'),
  to: time
    .nullable()
    .describe('When the newest of it was taken; null where the clock had not been synchronised.'),
  before: z.int().describe('Rows before.'),
  after: z.int().describe('Rows after.'),
  time: time.nullable().describe('When it happened; null where the clock had not been synchronised.'),
  cursors: z
    .record(z.string(), z.int())
    .describe('Up to which seq each uplink had been sent everything then.'),
});

export const ledger = z.object({
  entries: z.array(ledgerEntry).describe('The newest first.'),
  before: z.int().nullable().describe('What to ask for next; null where there is nothing older.'),
});

export const feedNow = z.object({
  feed: z.string().describe('`timetable`, `gtfs-realtime`, `tago`, `seoul` or `airkorea`.'),
  state: z
    .enum(['starting', 'ok', 'doubtful', 'failing'])
    .describe('doubtful: what it tells is shown, but for nonsense that was left out.'),
  told: time.nullable().describe('When it last told something; null where it never did.'),
  calls: z.int().describe('Calls of this day so far.'),
  quota: z.int().nullable().describe('Calls that it allows in a day; null where there is no limit.'),
  problem: problem.nullable(),
});

export const health = z.object({
  status: z.enum(['ok', 'degraded']).describe('degraded: some part fails; sensing goes on.'),
  version: z.string(),
  time,
  uptime: z.number().describe('Seconds.'),
  clock: z.object({
    synchronised: z.boolean().describe('Whether the wall time can be believed.'),
    by: z
      .enum(['timesyncd', 'chrony', 'kernel', 'rtc', 'nobody', 'impossible'])
      .describe('How that is known: by network time, by a battery-backed clock, or not at all.'),
  }),
  sensors: z.array(sensorNow),
  store: z.object({
    ok: z.boolean(),
    epoch: z.string().nullable(),
    file: z.string(),
    bytes: z.number(),
    quota: z.number().describe('What `bytes` may grow to.'),
    lastSeq: z.int(),
    uncommitted: z.int(),
    gone,
    problem: problem.nullable(),
  }),
  uplink: z
    .object({
      url: z.string(),
      connected: z.boolean(),
      waiting: z.int().describe('Rows that wait to be sent.'),
      sent: z.int().describe('Readings acknowledged since the start.'),
      quarantined: z.int().describe('Rows set aside, as the broker takes others but not them.'),
      problem: problem.nullable(),
    })
    .nullable(),
  downlink: downlinkNow.nullable().describe('null where there is no uplink.'),
  feeds: z.array(feedNow).describe('Where arrivals and official air come from, beside the city.'),
  kiosk: kioskNow.nullable().describe('null where none is expected and none was heard.'),
  speech: z
    .object({
      languages: z.array(z.string()).describe('Those of the site that it can speak.'),
      problem: problem
        .nullable()
        .describe('It does not degrade the shelter: a browser’s own voice stands in, where it has one.'),
    })
    .describe('The voice of the screen.'),
});

export const shelterEvent = z.object({
  kind: z.string(),
  source: z.string(),
  time: time.nullable().describe('null where the clock had not been synchronised.'),
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
export type FeedNow = z.infer<typeof feedNow>;
export type LedgerPage = z.infer<typeof ledger>;
export type EventNow = z.infer<typeof shelterEvent>;

/**
 * What `/api/v1/events` sends, by event name. `now` comes first and after each change of a sensor's state; `stream`
 * with each reading and with each change of its state; `life`, `content` and `help` at first and after each change of them;
 * `beat` every 2 s, so that silence tells of a dead runtime.
 */
export interface ServerEvents {
  now: Now;
  stream: StreamNow;
  event: EventNow;
  life: Life;
  content: Content;
  help: Help;
  beat: Pick<Now, 'time'>;
}
