import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Site } from '../../config/site.js';
import type { Clock } from '../../drivers/ports.js';
import type { Logger } from '../logger.js';
import { bareServer } from './bare-server.js';
import type { Desks } from './desks.js';
import { eventFeed } from './event-feed.js';
import { listen } from './listen.js';
import type { Metrics } from './metrics.js';
import { servePage } from './page.js';
import { addRoutes, type RouteParts } from './routes.js';
import type { ApiSource } from './source.js';

export interface ApiParts {
  source: ApiSource;
  desks: Desks;
  config: Site['api'];
  /** Folder of the built page; where there is none, `/` says how to build it. */
  pages?: string | undefined;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
}

export interface Api {
  /** Where it listens, as seen from this machine: `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Ends every connection and gives the port back. */
  close(): Promise<void>;
}

/** How long a stop waits for answers under way, in ms. */
const timeToLeave = 2_000;

/** Starts the local interface; rejects with API_UNAVAILABLE where no port can be had. */
export async function startApi(given: ApiParts): Promise<Api> {
  const { source, desks, config, pages, clock, log, metrics } = given;
  const app = bareServer(config.host, log);
  const feed = eventFeed({ source, clock, log });
  const parts: RouteParts = { source, desks, clock, metrics, feed };

  addRoutes(app, parts);
  serveDocumentation(app, () => loadDocumentation(parts, config.host, log));
  servePage(app, pages);
  app.addHook('preClose', async () => feed.close());

  async function close(): Promise<void> {
    const cancel = clock.after(timeToLeave, () => app.server.closeAllConnections());
    await app.close();
    cancel();
  }

  try {
    return { url: await listen(app, config.host, config.port, log), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function loadDocumentation(parts: RouteParts, host: string, log: Logger): Promise<FastifyInstance> {
  const { createDocumentation } = await import('./documentation.js');
  return createDocumentation(parts, host, log);
}

/** Hands questions about the API itself to a server that is made for the first of them. */
function serveDocumentation(app: FastifyInstance, load: () => Promise<FastifyInstance>): void {
  let loading: Promise<FastifyInstance> | undefined;

  async function pass(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    loading ??= load();
    const documentation = await loading.catch((error) => {
      loading = undefined;
      throw error;
    });
    reply.hijack();
    documentation.routing(request.raw, reply.raw);
  }

  for (const path of ['/api/v1/openapi.json', '/api/docs', '/api/docs/*']) app.get(path, pass);
  app.addHook('onClose', async () => (await loading)?.close());
}
