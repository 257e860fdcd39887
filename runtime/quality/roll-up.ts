import { type Quality, quality } from '../../config/catalogue/quality.js';

/** How much a flag tells, after IOOS QARTOD. */
const rank: Readonly<Record<Quality, number>> = {
  [quality.missing]: 0,
  [quality.notEvaluated]: 1,
  [quality.pass]: 2,
  [quality.suspect]: 3,
  [quality.fail]: 4,
};

/** The more telling of two flags. */
export function moreTelling(a: Quality, b: Quality): Quality {
  return rank[b] > rank[a] ? b : a;
}

/** The one flag that speaks for the results of several tests; `notEvaluated` where there was no test. */
export function rollUp(flags: readonly Quality[]): Quality {
  return flags.length === 0 ? quality.notEvaluated : flags.reduce(moreTelling);
}
