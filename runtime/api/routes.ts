import type { FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Clock } from '../../drivers/ports.js';
import { answer, busy, noParameters, unable } from './answers.js';
import { atMost } from './at-most.js';
import { calibrations, readCalibrations } from './calibrations.js';
import { content } from './content.js';
import { failure, health, history, ledger, now } from './contract.js';
import type { Desks } from './desks.js';
import type { EventFeed } from './event-feed.js';
import { addHelpRoutes } from './help-routes.js';
import { historyParameters, readHistory } from './history.js';
import { addKioskRoutes } from './kiosk-routes.js';
import { ledgerParameters, readLedger } from './ledger.js';
import { life } from './life.js';
import { addMaintenanceRoutes } from './maintenance-routes.js';
import type { Metrics } from './metrics.js';
import type { ApiSource } from './source.js';
import { addSpeechRoutes } from './speech-routes.js';
import { takeAlong } from './take-along.js';

/** What the routes answer from. */
export interface RouteParts {
  source: ApiSource;
  desks: Desks;
  clock: Clock;
  metrics: Metrics;
  feed: EventFeed;
}

/** The questions a shelter answers, each with what it takes and gives. */
export function addRoutes(plain: FastifyInstance, { source, desks, clock, metrics, feed }: RouteParts): void {
  plain.setValidatorCompiler(validatorCompiler);
  plain.setSerializerCompiler(serializerCompiler);
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const historyGate = atMost(8, 'questions about history');

  app.get(
    '/api/v1/now',
    {
      schema: {
        operationId: 'now',
        tags: ['About the stop'],
        summary: 'How everything stands right now',
        description: 'Every stream with its last value, age and state; every sensor and input. From memory.',
        querystring: noParameters,
        response: { 200: answer('The shelter right now.', now), 500: unable },
      },
    },
    () => source.now(),
  );

  app.get(
    '/api/v1/life',
    {
      schema: {
        operationId: 'life',
        tags: ['About the stop'],
        summary: 'What the numbers mean',
        description:
          'The grade of the air, what the weather feels like, alerts and advice in the site’s languages, after the ' +
          'site’s profile; and what all of it is made from. Only values that passed all quality tests and are not ' +
          'stale have a part in it: where there is none, it says why. Made every few seconds, from memory.',
        querystring: noParameters,
        response: { 200: answer('What the numbers mean right now.', life), 500: unable },
      },
    },
    () => source.life(),
  );

  app.get(
    '/api/v1/history',
    {
      schema: {
        operationId: 'history',
        tags: ['About the stop'],
        summary: 'The past of one stream',
        description: 'Single readings, or means over spans of equal width, oldest first.',
        querystring: historyParameters,
        response: {
          200: answer('The points that were found.', history),
          400: answer('A parameter is not as it must be; the message names it.', failure),
          404: answer('There is no such stream; the hint lists those there are.', failure),
          500: unable,
          503: busy,
        },
      },
    },
    (request) => historyGate(() => readHistory(source, clock.now(), request.query)),
  );

  app.get(
    '/api/v1/content',
    {
      schema: {
        operationId: 'content',
        tags: ['About the stop'],
        summary: 'What the screen shows that was not sensed here',
        description:
          'Arrivals, routes, notices, official air data and emergency messages: of the city and of the feeds, joined, ' +
          'each until it expires; null where nothing is known. Emergency messages are always signed by the city; ' +
          '`signedBy` and `sources` tell of the others.',
        querystring: noParameters,
        response: { 200: answer('What may be shown right now.', content), 500: unable },
      },
    },
    () => source.content(),
  );

  addHelpRoutes(plain, { source, desk: desks.help });

  app.get(
    '/api/v1/take-along',
    {
      schema: {
        operationId: 'takeAlong',
        tags: ['About the stop'],
        summary: 'What people can take along on a phone',
        description: 'The address of this page, and the Wi-Fi for people waiting with its password.',
        querystring: noParameters,
        response: { 200: answer('What the site has set up.', takeAlong), 500: unable },
      },
    },
    () => desks.takeAlong(),
  );

  addSpeechRoutes(plain, desks.speech);
  addMaintenanceRoutes(plain, desks);
  addKioskRoutes(plain, desks.kiosk);

  app.get(
    '/api/v1/ledger',
    {
      schema: {
        operationId: 'ledger',
        tags: ['About the program'],
        summary: 'What was thinned, dropped or lost',
        description:
          'Every seq is in the database, or stands here: so that a gap upstream can be told from a loss. The newest ' +
          'first; `before` of one answer asks for the next.',
        querystring: ledgerParameters,
        response: {
          200: answer('Entries of the ledger.', ledger),
          400: answer('A parameter is not as it must be; the message names it.', failure),
          500: unable,
          503: busy,
        },
      },
    },
    (request) => historyGate(() => readLedger(source, request.query)),
  );

  app.get(
    '/api/v1/calibrations',
    {
      schema: {
        operationId: 'calibrations',
        tags: ['About the program'],
        summary: 'How raw values became the values that are told',
        description:
          'Every version of every calibration that has been in force, the newest first, with its date and author. A ' +
          'reading names the version that it was calibrated with.',
        querystring: noParameters,
        response: { 200: answer('All versions that are known.', calibrations), 500: unable },
      },
    },
    () => readCalibrations(source),
  );

  app.get(
    '/api/v1/health',
    {
      schema: {
        operationId: 'health',
        tags: ['About the program'],
        summary: 'What works and what does not',
        description:
          'Answers 200 as long as the program runs, so that no watchdog restarts a shelter over an unplugged ' +
          'sensor; `status` tells ok from degraded.',
        querystring: noParameters,
        response: { 200: answer('The health of every part.', health), 500: unable },
      },
    },
    () => source.health(),
  );

  app.get(
    '/api/v1/events',
    {
      exposeHeadRoute: false,
      schema: {
        operationId: 'events',
        tags: ['About the stop'],
        summary: 'What happens, as it happens',
        description:
          'Server-sent events whose data is JSON: `now` (as /api/v1/now) at first and after each change of a ' +
          'sensor’s state, `stream` (one of its streams) with each reading, `event` for a button or a door, ' +
          '`life`, `content` and `help` (as the paths of those names) at first and after each change of them, ' +
          '`beat` every 2 s. A client that does not keep up is dropped.',
        querystring: noParameters,
        response: {
          200: answer('Events without end.', z.string(), 'text/event-stream'),
          500: unable,
          503: busy,
        },
      },
    },
    (_request, reply) => {
      feed.admit(reply.raw);
      reply.hijack();
    },
  );

  app.head('/api/v1/events', { schema: { hide: true } }, (_request, reply) =>
    reply.type('text/event-stream; charset=utf-8').send(''),
  );

  app.get(
    '/metrics',
    {
      schema: {
        operationId: 'metrics',
        tags: ['About the program'],
        summary: 'Metrics for Prometheus',
        response: { 200: answer('The text format of Prometheus.', z.string(), 'text/plain'), 500: unable },
      },
    },
    async (_request, reply) => {
      const text = await metrics.text({ health: await source.health(), eventClients: feed.clients() });
      return reply.type(metrics.contentType).send(text);
    },
  );
}
