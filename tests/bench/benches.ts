import type { Bench } from './bench.js';
import { drain } from './drain.js';
import { framing } from './framing.js';
import { indices } from './indices.js';
import { ingest } from './ingest.js';
import { page } from './page.js';
import { quality } from './quality.js';
import { reconnects } from './reconnects.js';
import { startUp } from './start-up.js';
import { steadyState } from './steady-state.js';
import { windows } from './windows.js';
import { writes } from './writes.js';

/** All there are, in the order they run. */
export const benches: readonly Bench[] = [
  framing,
  quality,
  indices,
  windows,
  ingest,
  drain,
  writes,
  reconnects,
  startUp,
  steadyState,
  page,
];
