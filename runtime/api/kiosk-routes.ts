import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ShelterError } from '../../config/errors.js';
import { answer, invalid, noParameters, unable } from './answers.js';
import { failure } from './contract.js';
import type { Desks } from './desks.js';
import { kioskAnswer, kioskReport, kioskStatus, kioskTurn, mostScreenshotBytes } from './kiosk.js';

const tags = ['For the kiosk'];
const security = [{ kiosk: [] }];
const refused = answer('The token is not that of this start of the program.', failure);
const taken = answer('It is taken.', z.object({ taken: z.literal(true) }));

/** Most bytes of a message, and of one with a picture. */
const bodyLimit = { message: 4_096, picture: mostScreenshotBytes * 1.5 };

const asked = z.strictObject({
  wait: z.coerce
    .number()
    .min(0)
    .max(20)
    .default(20)
    .describe('How many seconds to wait for an order.')
    .meta({ examples: [20] }),
});

/** For whoever keeps the page on the screen: known by the token of the file beside the database. */
export function addKioskRoutes(plain: FastifyInstance, desk: Desks['kiosk']): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  async function onRequest({ headers }: FastifyRequest): Promise<void> {
    const given = /^Bearer ([\w-]{20,100})$/i.exec(headers.authorization ?? '')?.[1];
    if (given !== undefined && areSame(given, desk.token)) return;
    throw new ShelterError('KIOSK_UNKNOWN', 'this is not the token of the kiosk');
  }

  app.post(
    '/api/v1/kiosk/reports',
    {
      bodyLimit: bodyLimit.message,
      onRequest,
      schema: {
        operationId: 'kioskReport',
        tags,
        security,
        summary: 'Tell what happened at the screen',
        description: 'It becomes the event `kiosk.KIND`, and so goes upstream.',
        querystring: noParameters,
        body: kioskReport,
        response: { 200: taken, 400: invalid, 401: refused, 500: unable },
      },
    },
    async ({ body }) => {
      desk.report(body);
      return { taken: true as const };
    },
  );

  app.post(
    '/api/v1/kiosk/orders',
    {
      bodyLimit: bodyLimit.message,
      onRequest,
      schema: {
        operationId: 'kioskOrders',
        tags,
        security,
        summary: 'Tell how the screen is, and ask for orders',
        description: 'Answers as soon as there is an order, and without one after `wait` seconds.',
        querystring: asked,
        body: kioskStatus,
        response: { 200: answer('What is to be done.', kioskTurn), 400: invalid, 401: refused, 500: unable },
      },
    },
    ({ body, query }) => desk.ask(body, query.wait * 1_000),
  );

  app.post(
    '/api/v1/kiosk/answers',
    {
      bodyLimit: bodyLimit.picture,
      onRequest,
      schema: {
        operationId: 'kioskAnswer',
        tags,
        security,
        summary: 'Tell what came of an order',
        querystring: noParameters,
        body: kioskAnswer,
        response: { 200: taken, 400: invalid, 401: refused, 500: unable },
      },
    },
    async ({ body }) => {
      desk.answer(body);
      return { taken: true as const };
    },
  );
}

/** Compared by digests, which are of one length. */
function areSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
