import type { Range } from '../../config/catalogue/properties.js';
import { type Quality, quality } from '../../config/catalogue/quality.js';

export interface GrossRange {
  /** Outside it a value cannot be true. */
  fail: Range;
  /** Outside it a value is doubtful. */
  suspect: Range;
}

/** The gross range test of IOOS QARTOD: is the value possible at all, and is it likely? */
export function grossRange(value: number, { fail, suspect }: GrossRange): Quality {
  if (!within(value, fail)) return quality.fail;
  if (!within(value, suspect)) return quality.suspect;
  return quality.pass;
}

function within(value: number, [least, greatest]: Range): boolean {
  return value >= least && value <= greatest;
}
