import { z } from 'zod';
import { failure } from './contract.js';

/** What routes have in common: how an answer is described, and the failures that any of them may give. */

export function answer<Schema extends z.ZodType>(
  description: string,
  schema: Schema,
  type = 'application/json',
) {
  return { description, content: { [type]: { schema } } };
}

export const noParameters = z.strictObject({});
export const unable = answer('The program could not answer; its log says why.', failure);
export const busy = answer('Too many ask at once; `retry-after` says when to ask again.', failure);
export const invalid = answer('Something of it is not as it must be; the message names it.', failure);
export const foreign = answer('It was asked by a page that is not this device’s own.', failure);
