/** Between the runtime and whoever keeps its page on the screen. */
import { z } from 'zod';

/** What is done about a screen that shows nothing true, the gentlest first. */
export const kioskSteps = ['reload', 'new-renderer', 'relaunch-without-gpu', 'last-resort'] as const;

export const kioskReportKinds = [
  'started',
  'step',
  'page-back',
  'gpu-gone',
  'browser-gone',
  'memory-high',
  'renewed',
  'display-lost',
  'display-back',
  'touch-stuck',
  'touch-released',
  'touch-dead',
  'touch-back',
  'no-backlight',
] as const;

const minute = z.int().min(0).max(1_440);
const dayHours = z.object({ from: minute, to: minute }).describe('In minutes since midnight.');

/** What happened at the screen, as it becomes the event `kiosk.…`. */
export const kioskReport = z.strictObject(
  {
    kind: z.enum(kioskReportKinds, { error: 'one of the kinds of report' }),
    detail: z
      .record(z.string().regex(/^[a-zA-Z]{1,32}$/), z.union([z.string().max(200), z.number(), z.boolean()]))
      .refine((detail) => Object.keys(detail).length <= 12, { error: 'at most 12 of them' })
      .describe('Plain facts.'),
    ago: z.number().min(0).max(31_536_000).default(0).describe('Seconds since it happened.'),
  },
  { error: 'a JSON object' },
);

/** How the screen is: told with each question for orders, and part of /api/v1/health. */
export const kioskStatus = z.strictObject(
  {
    browser: z.enum(['electron', 'chromium']),
    shows: z.enum(['page', 'last-resort', 'nothing']),
    graphics: z.enum(['gpu', 'software']),
    dark: z.boolean().describe('Whether it shows nothing on purpose.'),
    brightness: z.number().min(0).max(100).nullable().describe('In percent; null where it is not set.'),
    memory: z.number().min(0).nullable().describe('Resident bytes of the page’s process.'),
    untouched: z.number().min(0).describe('Seconds since somebody touched it, or since it started.'),
  },
  { error: 'a JSON object' },
);

/** What of the site whoever keeps the screen goes by. */
export const kioskSettings = z.object({
  synchronised: z.boolean().describe('Whether the wall time is believed.'),
  place: z.object({ latitude: z.number(), longitude: z.number() }),
  timeZone: z.string(),
  quietHours: dayHours,
  withoutService: z.array(dayHours),
  darkAfter: z.number().describe('In ms.'),
  brightness: z.object({ least: z.number(), most: z.number() }).describe('In percent.'),
  memory: z.object({ soft: z.number(), hard: z.number() }).describe('In bytes.'),
  touchDeadAfter: z.number().describe('In ms.'),
});

export const kioskOrder = z.discriminatedUnion('kind', [
  z.object({ id: z.string(), kind: z.literal('screenshot'), mostBytes: z.int() }),
  z.object({ id: z.string(), kind: z.literal('reload') }),
  z.object({ id: z.string(), kind: z.literal('brightness'), percent: z.number(), minutes: z.number() }),
]);

/** What is to be done now, and what holds until the next question. */
export const kioskTurn = z.object({ settings: kioskSettings, orders: z.array(kioskOrder) });

/** Most bytes of a picture of the screen. */
export const mostScreenshotBytes = 100_000;

/** What came of an order. */
export const kioskAnswer = z.strictObject(
  {
    id: z.string().max(64),
    problem: z.string().max(300).optional().describe('Why it could not be done.'),
    jpeg: z
      .base64()
      .max(Math.ceil(mostScreenshotBytes / 3) * 4)
      .optional()
      .describe('The screen, where a picture of it was asked for.'),
  },
  { error: 'a JSON object' },
);

export type KioskStep = (typeof kioskSteps)[number];
export type KioskReport = z.output<typeof kioskReport>;
export type KioskStatus = z.output<typeof kioskStatus>;
export type KioskSettings = z.output<typeof kioskSettings>;
export type KioskOrder = z.output<typeof kioskOrder>;
export type KioskTurn = z.output<typeof kioskTurn>;
export type KioskAnswer = z.output<typeof kioskAnswer>;
