import type { FastifyRequest } from 'fastify';
import type { ZodFastifySchemaValidationError } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ShelterError } from '../../config/errors.js';
import { didYouMean } from '../../config/wiring.js';

/** A part of a request, with what it must be. */
interface Part {
  name: 'query' | 'body';
  shape: Readonly<Record<string, z.ZodType>>;
  given: Readonly<Record<string, unknown>>;
}

/** Says which parameter, or which key of the body, is wrong, what it must be, and gives an example; never what it is. */
export function invalidRequest(
  {
    validation: [issue],
    validationContext,
  }: { validation: ZodFastifySchemaValidationError[]; validationContext?: string | undefined },
  request: FastifyRequest,
): ShelterError {
  const part = validationContext === 'body' ? bodyOf(request) : queryOf(request);
  return new ShelterError(
    'REQUEST_INVALID',
    issue ? complaint(issue, part) : `the ${part.name} is not valid`,
  );
}

function queryOf({ routeOptions, query }: FastifyRequest): Part {
  return { name: 'query', shape: shapeOf(routeOptions.schema?.querystring), given: recordOf(query) };
}

function bodyOf({ routeOptions, body }: FastifyRequest): Part {
  return { name: 'body', shape: shapeOf(routeOptions.schema?.body), given: recordOf(body) };
}

function shapeOf(schema: unknown): Part['shape'] {
  return schema instanceof z.ZodObject ? schema.shape : {};
}

function recordOf(value: unknown): Part['given'] {
  return typeof value === 'object' && value !== null ? (value as Part['given']) : {};
}

function complaint(issue: ZodFastifySchemaValidationError, { name: part, shape, given }: Part): string {
  const unknown = issue.params.keys;
  if (Array.isArray(unknown)) {
    const name = String(unknown[0]).slice(0, 50);
    const kind = part === 'query' ? 'parameter' : 'key';
    return `there is no ${kind} "${name}"${didYouMean(name, Object.keys(shape))}`;
  }

  const name = issue.instancePath.slice(1);
  if (name === '') return `the ${part} must be ${issue.message}`;
  const such = example(name, shape[name]);
  if (part === 'query' && Array.isArray(given[name]))
    return `"${name}" is given more than once: give it once${such}`;
  if (given[name] === undefined) return `"${name}" is missing: it must be ${issue.message}${such}`;
  return `"${name}" must be ${issue.message}${such}`;
}

/** `, such as every=5 min`, or nothing where the schema has no example. */
function example(name: string, schema: z.ZodType | undefined): string {
  const examples = schema?.meta()?.examples;
  return Array.isArray(examples) && examples.length > 0 ? `, such as ${name}=${examples[0]}` : '';
}
