import { z } from 'zod';
import type { CalibrationVersion } from '../calibrations.js';
import type { ApiSource } from './source.js';

export const calibrations = z.object({
  calibrations: z
    .array(
      z.object({
        stream: z.string().describe('`sensor/property`.'),
        version: z.int().describe('Counts from 1 for each stream; readings name it.'),
        offset: z.number().describe('Added after the gain, in the unit of the property.'),
        gain: z.number().describe('Multiplies the raw value.'),
        date: z.string().nullable().describe('When it was found, as the site has it.'),
        by: z.string().nullable().describe('Who found it.'),
        from: z.iso
          .datetime()
          .nullable()
          .describe('Since when it holds, in UTC; null where the clock had never been synchronised then.'),
      }),
    )
    .describe('The newest first. Offset 0 and gain 1 mean that nothing is calibrated any more.'),
});

type Calibrations = z.infer<typeof calibrations>;

/** Every version of every calibration. */
export function readCalibrations(source: Pick<ApiSource, 'calibrations'>): Calibrations {
  return { calibrations: source.calibrations().map(viewVersion) };
}

function viewVersion({
  from,
  date,
  by,
  ...version
}: CalibrationVersion): Calibrations['calibrations'][number] {
  return {
    ...version,
    date: date ?? null,
    by: by ?? null,
    from: from === null ? null : new Date(from).toISOString(),
  };
}
