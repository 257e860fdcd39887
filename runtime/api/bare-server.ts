import { type FastifyInstance, fastify } from 'fastify';
import type { Logger } from '../logger.js';
import { answerFailures, answerUnknownPaths, answerUnreadable } from './failures.js';
import { guard } from './guard.js';

/**
 * A server that has nothing to tell yet, but refuses and fails as all of this API does. A body is JSON, and for a route
 * that wants none at most a byte.
 */
export function bareServer(host: string, log: Logger): FastifyInstance {
  const app = fastify({ requestTimeout: 10_000, bodyLimit: 1, frameworkErrors: answerUnreadable });
  app.server.maxConnections = 200;
  app.removeContentTypeParser('text/plain');
  guard(app, host);
  answerFailures(app, log);
  answerUnknownPaths(app);
  return app;
}
