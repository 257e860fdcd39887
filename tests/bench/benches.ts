import type { Bench } from './bench.js';
import { framing } from './framing.js';
import { startUp } from './start-up.js';
import { steadyState } from './steady-state.js';

/** All there are, in the order they run. */
export const benches: readonly Bench[] = [framing, startUp, steadyState];
