import type { Absence, IndexDefinition } from '../../../../runtime/indices/definition.js';
import { evaluate } from '../../../../runtime/indices/evaluate.js';

type Given = Readonly<Record<string, number>>;

/** The value of an index; it has to have one. */
export function valueFor(index: IndexDefinition, given: Given): number {
  return present(index, given).value;
}

/** The grade of an index; it has to have a value. */
export function gradeFor(index: IndexDefinition, given: Given): string | undefined {
  return present(index, given).grade;
}

/** Why an index has no value; it must not have one. */
export function absenceOf(index: IndexDefinition, given: Given): Absence {
  const result = evaluate(index, given);
  if ('absent' in result) return result.absent;
  throw new Error(`${index.id} is ${result.value} for ${JSON.stringify(given)}, and should have been absent`);
}

function present(index: IndexDefinition, given: Given) {
  const result = evaluate(index, given);
  if ('absent' in result)
    throw new Error(`${index.id} is absent for ${JSON.stringify(given)}: ${result.absent.reason}`);
  return result;
}
