import type { IndexDefinition, IndexResult } from '../indices/definition.js';
import { evaluate } from '../indices/evaluate.js';
import { indices } from '../indices/index.js';
import type { Facts } from './facts.js';
import { recipes, type Serving } from './recipes.js';

/** An index with what it was worked out from. */
export interface Worked {
  definition: IndexDefinition;
  serving: Serving;
  result: IndexResult;
}

const definitions = new Map(indices.map((definition) => [definition.id, definition]));

/** An index as the stop has it: once, or for each pollutant. */
export function workOut(id: string, facts: Facts): Worked[] {
  const definition = definitions.get(id);
  const servings = recipes[id]?.(facts);
  if (!definition || !servings) throw new Error(`Nobody knows what to work out ${id} from.`);
  return servings.map((serving) => ({ definition, serving, result: resultOf(definition, serving) }));
}

function resultOf(definition: IndexDefinition, { given, because }: Serving): IndexResult {
  const result = evaluate(definition, given);
  return 'absent' in result && because ? { absent: because } : result;
}

export function numberOf(result: IndexResult): number | null {
  return 'value' in result ? result.value : null;
}

export function gradeOf(result: IndexResult): string | null {
  return ('value' in result && result.grade) || null;
}
