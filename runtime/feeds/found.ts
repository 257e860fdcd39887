import type { z } from 'zod';
import type { ShelterError } from '../../config/errors.js';
import type { arrivals, notices, officialAir } from '../api/content.js';

/** A text by language tag. */
export type Texts = Readonly<Record<string, string>>;

type ShownArrival = z.output<typeof arrivals>['arrivals'][number];
type ShownAir = z.output<typeof officialAir>;

/** A bus that will come, as a feed has it. Times are wall times in ms. */
export interface FoundArrival {
  line: string;
  /** Empty where the feed does not say. */
  destination: Texts;
  /** The id of its route among the routes of the same feed. */
  route?: string | undefined;
  /** The run itself, by the same name in every feed that speaks of the same timetable. */
  run?: string | undefined;
  expected: number;
  scheduled?: number | undefined;
  basis: ShownArrival['basis'];
  /** When `expected` was worked out. */
  asOf: number;
  status: ShownArrival['status'];
  stopsAway?: number | undefined;
  crowding?: ShownArrival['crowding'];
  lowFloor?: boolean | undefined;
  lastOfDay?: boolean | undefined;
  detour?: boolean | undefined;
}

export interface FoundStop {
  name: Texts;
  here: boolean;
  /** Other lines that stop there. */
  transfers: readonly string[];
}

export interface FoundRoute {
  id: string;
  line: string;
  destination: Texts;
  stops: readonly FoundStop[];
  /** Wall times in ms at which they leave here. */
  firstBus?: number | undefined;
  lastBus?: number | undefined;
}

export type FoundNotice = z.output<typeof notices>['notices'][number];

export interface FoundAir extends Omit<ShownAir, 'values'> {
  /** Times are wall times in ms. */
  values: readonly { property: ShownAir['values'][number]['property']; value: number; time: number }[];
}

/** What a feed found out. A kind that is absent is one that it does not tell of; an empty one is told to be empty. */
export interface Findings {
  arrivals?: readonly FoundArrival[];
  routes?: readonly FoundRoute[];
  notices?: readonly FoundNotice[];
  air?: FoundAir;
}

/** What one round of questions gave. */
export interface Report {
  findings: Findings;
  /** What was wrong with it although it can be used, with the nonsense left out. */
  doubt?: ShelterError | undefined;
  /** Changes whenever the upstream has worked something out anew; absent where it need not. */
  mark?: string | undefined;
}
