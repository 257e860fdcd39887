import { ShelterError, type ShelterErrorCode } from '../config/errors.js';

/** What is wrong with a part of the shelter, and since when. */
export interface Problem {
  code: ShelterErrorCode;
  message: string;
  hint: string;
  /** Wall time in ms. */
  since: number;
}

/**
 * A problem from any error; the time it has lasted is kept while its code stays the same.
 *
 * @param now wall time in ms
 * @param before what was wrong with that part until now
 * @param otherwise the code of an error that has none of its own
 */
export function problemOf(
  error: unknown,
  now: number,
  before: Problem | undefined,
  otherwise: ShelterErrorCode = 'PORT_FAILED',
): Problem {
  const { code, message, hint } = asShelterError(error, otherwise);
  return { code, message, hint, since: before?.code === code ? before.since : now };
}

/** The error itself where it has a code, or one that has it as its cause. */
export function asShelterError(error: unknown, otherwise: ShelterErrorCode): ShelterError {
  if (error instanceof ShelterError) return error;
  return new ShelterError(otherwise, messageOf(error), { cause: error });
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
