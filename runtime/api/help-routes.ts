import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { answer, foreign, invalid, noParameters, unable } from './answers.js';
import { failure } from './contract.js';
import type { Desks } from './desks.js';
import { help, helpCall, helpRequest } from './help.js';
import type { ApiSource } from './source.js';

/** Most bytes of a call for help. */
const bodyLimit = 1_024;

export function addHelpRoutes(
  plain: FastifyInstance,
  { source, desk }: { source: Pick<ApiSource, 'help'>; desk: Desks['help'] },
): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/help',
    {
      schema: {
        operationId: 'help',
        tags: ['About the stop'],
        summary: 'Ways to help, and what became of calls for it',
        querystring: noParameters,
        response: { 200: answer('Numbers to call, and the calls of the last half hour.', help), 500: unable },
      },
    },
    () => source.help(),
  );

  app.post(
    '/api/v1/help',
    {
      bodyLimit,
      schema: {
        operationId: 'askForHelp',
        tags: ['About the stop'],
        summary: 'Call for help, or for a bus without steps',
        description:
          'The call is committed as the event `help.requested` before it is acknowledged, and sent upstream as soon ' +
          'as there is a connection. Where the card is slow the answer comes within a second all the same, and its ' +
          '`state` says so. Asking again for what was not answered yet gives the call there is.',
        querystring: noParameters,
        body: helpRequest,
        response: {
          200: answer('What became of the call so far; `/api/v1/events` tells what follows.', helpCall),
          400: invalid,
          403: foreign,
          409: answer('This stop can send a call to nobody.', failure),
          429: answer('Too many calls; `retry-after` says when to call again.', failure),
          500: unable,
        },
      },
    },
    (request) => desk.ask(request.body),
  );
}
