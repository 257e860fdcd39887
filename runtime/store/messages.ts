import { ShelterError, type ShelterErrorCode } from '../../config/errors.js';
import type { Database } from './database.js';
import type { Salvage } from './port.js';
import { unusable } from './problems.js';

/** What the main thread and the database's thread say to each other. */

/** What can be asked for; the thread tidies up by itself. */
export type Operation = Exclude<keyof Database, 'tidy'>;

export interface Request {
  id: number;
  operation: Operation;
  args: readonly unknown[];
}

export type Response =
  | { kind: 'opened' }
  | { kind: 'salvaged'; salvage: Salvage }
  | { kind: 'refused'; problem: Problem }
  | { kind: 'done'; id: number; result: unknown }
  | { kind: 'failed'; id: number; problem: Problem };

/** An error as it crosses threads. */
export interface Problem {
  code: ShelterErrorCode;
  message: string;
  hint: string;
}

export function writeProblem(error: unknown, file: string): Problem {
  const { code, message, hint } = unusable(file, 'used', error);
  return { code, message, hint };
}

export function readProblem({ code, message, hint }: Problem): ShelterError {
  return new ShelterError(code, message, { hint });
}
