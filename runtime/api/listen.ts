import { isIPv6 } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { ShelterError } from '../../config/errors.js';
import type { Logger } from '../logger.js';

/** How many ports after the wanted one are tried. */
const furtherPorts = 20;

/**
 * Listens on the wanted port, or on the next free one.
 * @returns the address to open on this machine; rejects with API_UNAVAILABLE
 */
export async function listen(
  app: FastifyInstance,
  host: string,
  wanted: number,
  log: Logger,
): Promise<string> {
  const last = wanted === 0 ? 0 : Math.min(wanted + furtherPorts, 65_535);
  for (let port = wanted; port <= last; port++) {
    try {
      await app.listen({ host, port });
    } catch (error) {
      if (codeOf(error) === 'EADDRINUSE' && port < last) continue;
      throw unavailable(error, host, wanted, last);
    }
    const url = urlOf(app, host);
    if (port !== wanted) log.warn({ wanted, url }, `port ${wanted} is taken; the API listens on ${port}`);
    return url;
  }
  throw unavailable(undefined, host, wanted, last);
}

function unavailable(cause: unknown, host: string, wanted: number, last: number): ShelterError {
  const ports = wanted === last ? `port ${wanted}` : `the ports ${wanted} to ${last}`;
  const why = cause instanceof Error ? `: ${cause.message}` : '';
  return new ShelterError('API_UNAVAILABLE', `cannot listen on ${ports} of ${host}${why}`, { cause });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

const loopback: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

function urlOf(app: FastifyInstance, host: string): string {
  const name = loopback[host] ?? host;
  const address = app.server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return `http://${isIPv6(name) ? `[${name}]` : name}:${port}`;
}
