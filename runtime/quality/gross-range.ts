import type { Range } from '../../config/catalogue/properties.js';
import { type Quality, quality } from '../../config/catalogue/quality.js';
import type { Series, TestDefinition } from './definition.js';
import { qartod } from './qartod.js';

export const grossRangeTest: TestDefinition = {
  id: 'gross-range',
  title: { en: 'Gross range', ko: '측정 범위' },
  about:
    'A value outside the fail span fails, one outside the suspect span is suspect; both ends belong to a span. What the sensor cannot measure fails too, and so does the end of a scale at which it saturates.',
  parameters: {
    fail: { unit: 'value', about: 'Least and greatest value that can be true.' },
    suspect: { unit: 'value', about: 'Least and greatest value that is likely.' },
  },
  source: `${qartod}, gross range test`,
};

export interface Spans {
  /** Outside it a value cannot be true. */
  fail: Range;
  /** Outside it a value is doubtful. */
  suspect?: Range | undefined;
}

/** Is the value possible at all, and is it likely? */
export function grossRange(value: number, { fail, suspect = fail }: Spans): Quality {
  if (!within(value, fail)) return quality.fail;
  if (!within(value, suspect)) return quality.suspect;
  return quality.pass;
}

/** The test of each value of a series. */
export function grossRanges(values: Series, spans: Spans): Quality[] {
  return values.map((value) => (value === undefined ? quality.missing : grossRange(value, spans)));
}

export function within(value: number, [least, greatest]: Range): boolean {
  return value >= least && value <= greatest;
}
