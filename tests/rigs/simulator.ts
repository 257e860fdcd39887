import { type RunningProgram, startUshelter } from './ushelter.js';

/** Starts `ushelter simulate` and waits for its first line, which says what the other side opens. */
export async function startSimulator(
  model: string,
  ...args: string[]
): Promise<{ program: RunningProgram; path: string }> {
  const program = startUshelter(['simulate', model, ...args]);
  const [, path = ''] = await program.says(/^(\S+)\n/);
  return { program, path };
}
