import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { ShelterError, type ShelterErrorCode } from '../../config/errors.js';
import type { Logger } from '../logger.js';
import { securityHeaders } from './guard.js';
import { invalidRequest } from './invalid-request.js';

const statuses: Partial<Record<ShelterErrorCode, number>> = {
  REQUEST_INVALID: 400,
  NOT_FOUND: 404,
  KIOSK_UNKNOWN: 401,
  MAINTENANCE_REFUSED: 401,
  MAINTENANCE_OFF: 403,
  ORIGIN_FOREIGN: 403,
  SPEECH_ELSEWHERE: 403,
  API_READ_ONLY: 405,
  HELP_UNAVAILABLE: 409,
  HOST_UNKNOWN: 421,
  API_LIMITED: 429,
  MAINTENANCE_LOCKED: 429,
  SPEECH_UNAVAILABLE: 501,
  API_BUSY: 503,
  COMMAND_FAILED: 503,
  STORE_UNUSABLE: 503,
};

/** Answers every error in the one shape of the contract; what is our own fault goes to the log, not to the asker. */
export function answerFailures(app: FastifyInstance, log: Logger): void {
  app.setErrorHandler((error: FastifyError | ShelterError, request, reply) => {
    const { status, failure } = judge(error, request);
    if (status === 500) log.warn({ err: error, url: request.url }, 'a request could not be answered');
    const { retryAfter = status === 503 ? 2_000 : undefined } = failure;
    if (retryAfter !== undefined) reply.header('retry-after', String(Math.ceil(retryAfter / 1_000)));
    return sendFailure(reply, status, failure);
  });
}

/** Answers a path that is nowhere with the paths there are. */
export function answerUnknownPaths(app: FastifyInstance): void {
  const paths = new Set(['/', '/api/docs']);
  app.addHook('onRoute', ({ url, schema }) => {
    if (!url.includes('*') && !schema?.hide) paths.add(url);
  });
  app.setNotFoundHandler((request) => {
    const path = request.url.split('?', 1)[0]?.slice(0, 100);
    throw new ShelterError('NOT_FOUND', `there is nothing at ${path}`, {
      hint: `There is ${[...paths].sort().join(', ')}.`,
    });
  });
}

/** Answers what failed before any route was found, such as a path that cannot be decoded. */
export function answerUnreadable(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  const failure = new ShelterError('REQUEST_INVALID', error.message.slice(0, 200));
  void sendFailure(reply.headers(securityHeaders), error.statusCode ?? 400, failure);
}

function judge(error: FastifyError | ShelterError, request: FastifyRequest) {
  if (error instanceof ShelterError) return { status: statuses[error.code] ?? 500, failure: error };
  if (hasZodFastifySchemaValidationErrors(error))
    return { status: 400, failure: invalidRequest(error, request) };
  const status = error.statusCode ?? 500;
  return status < 500
    ? { status, failure: new ShelterError('REQUEST_INVALID', error.message) }
    : { status: 500, failure: new ShelterError('API_FAILED', 'the request could not be answered') };
}

function sendFailure(
  reply: FastifyReply,
  status: number,
  { code, message, hint }: ShelterError,
): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send({ code, message, hint });
}
