import { z } from 'zod';
import { type DesiredIssue, overlaySite } from '../../../config/desired.js';
import type { SensorModel, Site } from '../../../config/site.js';
import { logLevels } from '../../log-levels.js';

/** What the city wants a shelter to be, whole: what it does not name is as the site file has it. */
const desiredSchema = z.strictObject({
  /** Chosen by the city, to know in the report what runs. */
  version: z.int().min(0),
  logLevel: z.enum(logLevels).optional(),
  /** Keys of a site file; sensors by their id. */
  site: z.record(z.string(), z.unknown()).optional(),
});

export type Desired = z.output<typeof desiredSchema>;

const issueSchema = z.object({ key: z.string(), message: z.string() });

/** What is kept over a restart. */
export const keptTwinSchema = z.object({
  /** Key and id of the last order. */
  order: z.string().nullable(),
  accepted: z.object({ key: z.string(), desired: desiredSchema }).nullable(),
  /** The last desired configuration, where it was refused. */
  refused: z.object({ version: z.number().nullable(), issues: z.array(issueSchema) }).nullable(),
});

export type KeptTwin = z.output<typeof keptTwinSchema>;

export const noTwin: KeptTwin = { order: null, accepted: null, refused: null };

export type Read =
  | { desired: Desired; site: Site }
  | { version: number | null; issues: readonly DesiredIssue[] };

/** Most reasons that are told. */
const mostIssues = 20;

/** Reads a desired configuration over the site file's own; or tells everything that is wrong with it. */
export function readDesired(body: unknown, site: Site, models: readonly SensorModel[]): Read {
  const shaped = desiredSchema.safeParse(body);
  if (!shaped.success) {
    const version = z.object({ version: z.int() }).safeParse(body).data?.version ?? null;
    const issues = shaped.error.issues.map(({ path, message }) => ({
      key: path.map(String).join('.'),
      message,
    }));
    return { version, issues: issues.slice(0, mostIssues) };
  }
  const desired = shaped.data;
  const overlaid = overlaySite(site, desired.site ?? {}, models);
  if ('site' in overlaid) return { desired, site: overlaid.site };
  const issues = overlaid.issues.map(({ key, message }) => ({ key: key ? `site.${key}` : 'site', message }));
  return { version: desired.version, issues: issues.slice(0, mostIssues) };
}
