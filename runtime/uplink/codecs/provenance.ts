import type { Reading } from '../../reading.js';

type Provenance = Pick<Reading, 'calibration' | 'correction'> & { doubts?: string };

/**
 * How a value came to be and who doubts it: the version of its calibration, the name of its correction and the quality
 * tests that doubt it, separated by spaces; each where there is one.
 */
export function provenance({ calibration, correction, doubts = [] }: Reading): Provenance {
  return {
    ...(calibration !== undefined && { calibration }),
    ...(correction !== undefined && { correction }),
    ...(doubts.length > 0 && { doubts: doubts.join(' ') }),
  };
}
