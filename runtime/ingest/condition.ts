import { type Problem, problemOf } from '../problem.js';

/** How a sensor or another device stands. */
export type Condition = { state: 'starting' } | { state: 'ok' } | { state: 'failing'; problem: Problem };

/** The condition after a failure. @param now wall time in ms */
export function failing(error: unknown, now: number, before: Condition): Condition {
  const problem = before.state === 'failing' ? before.problem : undefined;
  return { state: 'failing', problem: problemOf(error, now, problem) };
}
