/** What only a technician who has logged in may see. */
import { z } from 'zod';

const time = z.iso.datetime().describe('UTC.');

/** Its errors never repeat what was sent. */
export const pinRequest = z.strictObject(
  {
    pin: z
      .string({ error: '6 to 12 digits' })
      .regex(/^\d{6,12}$/, { error: '6 to 12 digits' })
      .describe('6 to 12 digits.'),
  },
  { error: 'a JSON object' },
);

export const maintenanceSession = z.object({
  token: z.string().describe('To be sent as `authorization: Bearer TOKEN`.'),
  lasts: z.number().describe('Seconds until it is over, unless somebody stays.'),
});

export const maintenanceLasts = maintenanceSession.pick({ lasts: true });

const maintenanceStream = z.object({
  stream: z.string().describe('`sensor/property`.'),
  sensor: z.string(),
  property: z.string(),
  symbol: z.string().describe('The unit as people read it.'),
  digits: z.int(),
  raw: z.number().nullable().describe('As the sensor said it.'),
  value: z.number().nullable().describe('Calibrated, and corrected where something corrects it.'),
  age: z.number().nullable().describe('Seconds since.'),
  flag: z.enum(['pass', 'notEvaluated', 'suspect', 'fail', 'missing']),
  doubts: z.array(z.string()).describe('The quality tests that found it suspect or failed.'),
  calibration: z
    .object({ version: z.int(), gain: z.number(), offset: z.number() })
    .nullable()
    .describe('What made the value of the raw one; null where nothing did.'),
  correction: z.string().nullable(),
});

export const maintenance = z.object({
  lasts: z.number().describe('Seconds until the session is over, unless somebody stays.'),
  streams: z.array(maintenanceStream),
  clock: z.object({
    time: z.iso.datetime().describe('As the clock has it, be it believed or not; UTC.'),
    moved: z
      .number()
      .describe(
        'By how many seconds it was set since the program started, against a clock that nobody sets.',
      ),
  }),
});

export const faults = z.object({
  faults: z
    .array(
      z.object({
        kind: z.string(),
        source: z.string(),
        time: time.nullable().describe('null where the clock had not been synchronised.'),
        detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
      }),
    )
    .describe('The newest first.'),
});

export type MaintenanceStream = z.infer<typeof maintenanceStream>;
export type MaintenanceSession = z.infer<typeof maintenanceSession>;
export type Maintenance = z.infer<typeof maintenance>;
export type Faults = z.infer<typeof faults>;
