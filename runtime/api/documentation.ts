import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Logger } from '../logger.js';
import { version } from '../version.js';
import { bareServer } from './bare-server.js';
import * as contract from './contract.js';
import { help } from './help.js';
import { life } from './life.js';
import { addRoutes, type RouteParts } from './routes.js';

/** Schemas that stand in the document once, under their own name. */
const components = {
  Now: contract.now,
  StreamNow: contract.streamNow,
  SensorNow: contract.sensorNow,
  InputNow: contract.inputNow,
  History: contract.history,
  Life: life,
  Help: help,
  Health: contract.health,
  Problem: contract.problem,
  Failure: contract.failure,
} satisfies Record<string, z.ZodType>;

for (const [id, schema] of Object.entries(components)) {
  z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), id });
}

/**
 * The OpenAPI document and its page, as a server of its own that listens nowhere: it is made when it is first asked
 * for, since most shelters never are and the memory it takes is not small.
 */
export async function createDocumentation(
  parts: RouteParts,
  host: string,
  log: Logger,
): Promise<FastifyInstance> {
  const app = bareServer(host, log);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'U-shelter',
        version,
        description: 'What a bus shelter senses, and how it is. Times are ISO 8601 in UTC.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: {
          maintenance: { type: 'http', scheme: 'bearer' },
          kiosk: { type: 'http', scheme: 'bearer' },
        },
      },
    },
    transform: createJsonSchemaTransform({ skipList: [] }),
    transformObject: (document) => withoutInputSchemas(jsonSchemaTransformObject(document)),
  });
  addRoutes(app, parts);
  app.get(
    '/api/v1/openapi.json',
    { schema: { operationId: 'openapi', summary: 'This document', tags: ['About the program'] } },
    async (_request, reply) =>
      reply.type('application/json; charset=utf-8').send(JSON.stringify(app.swagger())),
  );
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    uiConfig: { layout: 'BaseLayout', displayRequestDuration: true },
    theme: { title: 'U-shelter API' },
  });
  await app.ready();
  return app;
}

type Document = ReturnType<typeof jsonSchemaTransformObject>;

/** What has a name of its own is never sent to the API, so what it would be as input is left out. */
function withoutInputSchemas(document: Document): Document {
  if (!('components' in document)) return document;
  const schemas = Object.entries(document.components?.schemas ?? {}).filter(([name]) => name in components);
  return {
    ...document,
    components: { ...document.components, schemas: Object.fromEntries(schemas) },
  } as Document;
}
