import type { Range } from '../../../config/catalogue/properties.js';
import type { Bands, Grade } from '../definition.js';
import { roundHalfUp } from '../rounding.js';

/** A line of a breakpoint table: these concentrations are spread over these values of the index. */
export interface Segment {
  concentration: Range;
  index: Range;
}

/**
 * The index of a concentration: linear within its segment, rounded half up to a whole number; undefined beyond the
 * table.
 *
 * @param concentration as the standard shortens it, so that none falls between two segments
 */
export function interpolate(concentration: number, segments: readonly Segment[]): number | undefined {
  const segment = segments.find(({ concentration: [, greatest] }) => concentration <= greatest);
  if (!segment) return undefined;
  const [low, high] = segment.concentration;
  const [from, to] = segment.index;
  return roundHalfUp(from + ((to - from) * (concentration - low)) / (high - low));
}

/** The greatest concentration of each grade of a table: of the last segment that lies below the next grade. */
export function bandsOfSegments(segments: readonly Segment[], grades: readonly Required<Grade>[]): Bands {
  const entries = grades.flatMap(({ id }, place) => {
    const next = grades[place + 1]?.from ?? Number.POSITIVE_INFINITY;
    const last = segments.findLast(({ index: [, to] }) => to < next);
    return last ? [[id, last.concentration[1]] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** A table from its columns. */
export function segmentsOf(indices: readonly Range[], concentrations: readonly Range[]): Segment[] {
  return concentrations.flatMap((concentration, place) => {
    const index = indices[place];
    return index ? [{ concentration, index }] : [];
  });
}
