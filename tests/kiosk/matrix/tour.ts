import { availableParallelism } from 'node:os';
import type { Failure } from './report.js';
import type { Stage } from './stage.js';
import type { State } from './states.js';

/** Each has a browser: more of them would want too much memory. */
const mostStages = 4;

/**
 * Looks at states on a stage for each core; each takes an equal part of them, in their order.
 *
 * @param onShown called when a state is there, before it is looked at
 * @returns what is wrong with them
 */
export async function tour(
  openStage: () => Promise<Stage>,
  states: readonly State[],
  onShown: (stage: Stage, state: State) => Promise<void> = async () => {},
): Promise<Failure[]> {
  const share = Math.ceil(states.length / Math.min(mostStages, availableParallelism()));
  const parts: (readonly State[])[] = [];
  for (let from = 0; from < states.length; from += share) parts.push(states.slice(from, from + share));

  async function tourOf(part: readonly State[]): Promise<Failure[]> {
    const stage = await openStage();
    const failures: Failure[] = [];
    try {
      for (const state of part) failures.push(...(await lookAt(stage, state, onShown)));
    } finally {
      await stage.close();
    }
    return failures;
  }

  return (await Promise.all(parts.map(tourOf))).flat();
}

async function lookAt(
  stage: Stage,
  state: State,
  onShown: (stage: Stage, state: State) => Promise<void>,
): Promise<Failure[]> {
  try {
    await stage.show(state);
  } catch (error) {
    return [{ check: 'reached', problem: String(error), state }];
  }
  await onShown(stage, state);
  return (await stage.look()).map((finding) => ({ ...finding, state }));
}
