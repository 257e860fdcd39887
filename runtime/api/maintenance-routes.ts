import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ShelterError } from '../../config/errors.js';
import { answer, invalid, noParameters, unable } from './answers.js';
import { failure } from './contract.js';
import type { Desks } from './desks.js';
import { isFromHere } from './from-here.js';
import { faults, maintenance, maintenanceLasts, maintenanceSession, pinRequest } from './maintenance.js';

const bodyLimit = 256;

const tags = ['For technicians'];
const security = [{ maintenance: [] }];
const notHere = answer('There is no PIN, or no login from here, or a foreign page asked.', failure);
const over = answer('There is no such session any more.', failure);

/** Every one of them is answered to the device itself alone, unless the site says otherwise. */
export function addMaintenanceRoutes(
  plain: FastifyInstance,
  { maintenance: desk, kiosk }: Pick<Desks, 'maintenance' | 'kiosk'>,
): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  async function onRequest(request: FastifyRequest): Promise<void> {
    if (desk.from() === 'anywhere' || isFromHere(request)) return;
    throw new ShelterError('MAINTENANCE_OFF', 'maintenance is for those who stand at the device');
  }

  app.post(
    '/api/v1/maintenance/login',
    {
      bodyLimit,
      onRequest,
      schema: {
        operationId: 'maintenanceLogin',
        tags,
        summary: 'Begin a session with the PIN',
        description:
          'Ends the session there was. After 5 wrong PINs none is looked at for a minute, and for twice as long ' +
          'after each further one, up to an hour; a restart does not shorten that. Every try is an event.',
        querystring: noParameters,
        body: pinRequest,
        response: {
          200: answer('The session.', maintenanceSession),
          400: invalid,
          401: answer('The PIN is wrong.', failure),
          403: notHere,
          429: answer('Too many wrong PINs; `retry-after` says when the next one is looked at.', failure),
          500: unable,
        },
      },
    },
    async (request) => {
      const { token, lasts } = await desk.login(request.body.pin);
      return { token, lasts: lasts / 1_000 };
    },
  );

  app.post(
    '/api/v1/maintenance/stay',
    {
      onRequest,
      schema: {
        operationId: 'maintenanceStay',
        tags,
        security,
        summary: 'Have the session last anew',
        querystring: noParameters,
        response: {
          200: answer('How long it lasts.', maintenanceLasts),
          401: over,
          403: notHere,
          500: unable,
        },
      },
    },
    async (request) => ({ lasts: desk.stay(tokenOf(request)) / 1_000 }),
  );

  app.post(
    '/api/v1/maintenance/logout',
    {
      onRequest,
      schema: {
        operationId: 'maintenanceLogout',
        tags,
        security,
        summary: 'End the session',
        querystring: noParameters,
        response: {
          200: answer('It is over.', z.object({ lasts: z.literal(0) })),
          401: over,
          403: notHere,
          500: unable,
        },
      },
    },
    async (request) => {
      desk.logout(tokenOf(request));
      return { lasts: 0 as const };
    },
  );

  app.get(
    '/api/v1/maintenance',
    {
      onRequest,
      schema: {
        operationId: 'maintenance',
        tags,
        security,
        summary: 'The sensors from inside, and the clock',
        description: 'Raw and calibrated values with their flags. Asking does not prolong the session.',
        querystring: noParameters,
        response: { 200: answer('As it is right now.', maintenance), 401: over, 403: notHere, 500: unable },
      },
    },
    async (request) => {
      const lasts = desk.check(tokenOf(request)) / 1_000;
      return { lasts, ...desk.look() };
    },
  );

  app.get(
    '/api/v1/maintenance/faults',
    {
      onRequest,
      schema: {
        operationId: 'maintenanceFaults',
        tags,
        security,
        summary: 'The last 50 faults',
        querystring: noParameters,
        response: {
          200: answer('Faults, and what came right again, from the database.', faults),
          401: over,
          403: notHere,
          500: unable,
        },
      },
    },
    async (request) => {
      desk.check(tokenOf(request));
      return desk.faults();
    },
  );

  plain.get(
    '/api/v1/maintenance/screenshot',
    {
      onRequest,
      schema: {
        operationId: 'maintenanceScreenshot',
        tags,
        security,
        summary: 'What the kiosk shows',
        description: 'Every picture is the event `kiosk.screenshot`.',
        querystring: noParameters,
        response: {
          200: answer('The screen right now.', z.file(), 'image/jpeg'),
          401: over,
          403: notHere,
          500: unable,
          503: answer('The kiosk does not answer.', failure),
        },
      },
    },
    async (request, reply) => {
      desk.check(tokenOf(request));
      return reply.type('image/jpeg').send(await kiosk.screenshot());
    },
  );
}

function tokenOf({ headers }: FastifyRequest): string | undefined {
  return /^Bearer ([\w-]{20,100})$/i.exec(headers.authorization ?? '')?.[1];
}
