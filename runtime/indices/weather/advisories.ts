import type { AdvisoryDefinition } from './advisory.js';
import { coldAdvisoryDefinition } from './cold-advisory.js';
import { heatAdvisoryDefinition } from './heat-advisory.js';

/** Every advisory, one line each. */
export const advisories: readonly AdvisoryDefinition[] = [heatAdvisoryDefinition, coldAdvisoryDefinition];
