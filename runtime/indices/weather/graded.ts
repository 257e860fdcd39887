import type { Grade, IndexResult } from '../definition.js';
import { gradeOf } from '../evaluate.js';

/** A value that is not rounded, in the band of what the standard would publish of it. */
export function graded(value: number, published: number, grades: readonly Grade[]): IndexResult {
  const grade = gradeOf(published, grades);
  return grade === undefined ? { value } : { value, grade };
}
