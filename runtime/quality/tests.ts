import { agreementTest } from './agreement.js';
import { consistencyTest } from './consistency.js';
import type { TestDefinition } from './definition.js';
import { flatLineTest } from './flat-line.js';
import { grossRangeTest } from './gross-range.js';
import { oneMessageTest } from './one-message.js';
import { rateOfChangeTest } from './rate-of-change.js';
import { spikeTest } from './spike.js';
import { staleTest } from './stale.js';
import { warmUpTest } from './warm-up.js';

/** Every test that sets a flag. */
export const flaggingTests: readonly TestDefinition[] = [
  grossRangeTest,
  rateOfChangeTest,
  spikeTest,
  flatLineTest,
  agreementTest,
  consistencyTest,
  oneMessageTest,
  warmUpTest,
];

/** Every quality test, for the reference page. */
export const qualityTests: readonly TestDefinition<string>[] = [...flaggingTests, staleTest];
