import type { IndexDefinition } from '../../../../runtime/indices/definition.js';
import { evaluate } from '../../../../runtime/indices/evaluate.js';

type Given = Readonly<Record<string, unknown>>;

/** The value of an index that must have one. */
export function numberOf(definition: IndexDefinition, given: Given): number {
  const result = evaluate(definition, given);
  if ('absent' in result) throw new Error(`${definition.id} is absent: ${result.absent.reason}`);
  return result.value;
}

/** The grade of an index that must have a value. */
export function gradeFor(definition: IndexDefinition, given: Given): string | undefined {
  const result = evaluate(definition, given);
  if ('absent' in result) throw new Error(`${definition.id} is absent: ${result.absent.reason}`);
  return result.grade;
}

/** Why an index that must have no value has none. */
export function absenceOf(definition: IndexDefinition, given: Given) {
  const result = evaluate(definition, given);
  if (!('absent' in result)) throw new Error(`${definition.id} is ${result.value}`);
  return result.absent;
}
