import type { FastifyRequest } from 'fastify';
import type { ZodFastifySchemaValidationError } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ShelterError } from '../../config/errors.js';
import { didYouMean } from '../../config/wiring.js';

/** Says which parameter is wrong, what it must be, and gives an example. */
export function invalidQuery(
  { validation: [issue] }: { validation: ZodFastifySchemaValidationError[] },
  request: FastifyRequest,
): ShelterError {
  const schema = request.routeOptions.schema?.querystring;
  const shape = schema instanceof z.ZodObject ? schema.shape : {};
  const query = request.query as Readonly<Record<string, unknown>>;
  return new ShelterError(
    'REQUEST_INVALID',
    issue ? complaint(issue, shape, query) : 'the query is not valid',
  );
}

function complaint(
  issue: ZodFastifySchemaValidationError,
  shape: Readonly<Record<string, z.ZodType>>,
  query: Readonly<Record<string, unknown>>,
): string {
  const unknown = issue.params.keys;
  if (Array.isArray(unknown)) {
    const name = String(unknown[0]).slice(0, 50);
    return `there is no parameter "${name}"${didYouMean(name, Object.keys(shape))}`;
  }

  const name = issue.instancePath.slice(1);
  const such = example(name, shape[name]);
  if (Array.isArray(query[name])) return `"${name}" is given more than once: give it once${such}`;
  if (query[name] === undefined) return `"${name}" is missing: it must be ${issue.message}${such}`;
  return `"${name}" must be ${issue.message}${such}`;
}

/** `, such as every=5 min`, or nothing where the schema has no example. */
function example(name: string, schema: z.ZodType | undefined): string {
  const examples = schema?.meta()?.examples;
  return Array.isArray(examples) && examples.length > 0 ? `, such as ${name}=${examples[0]}` : '';
}
