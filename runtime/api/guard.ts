import { isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { ShelterError } from '../../config/errors.js';

/** What every answer tells a browser: run only our own scripts, sit in nobody's frame, guess nothing. */
export const securityHeaders = {
  'content-security-policy': [
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
} as const;

/** Lets through only questions, and what a route takes, and only what means this device. */
export function guard(app: FastifyInstance, configuredHost: string): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders);
    const isQuestion = request.method === 'GET' || request.method === 'HEAD';
    if (!isQuestion && (request.method !== 'POST' || request.is404)) {
      reply.header('allow', 'GET, HEAD');
      throw new ShelterError('API_READ_ONLY', `${request.method} is not answered here`);
    }
    const { host, origin } = request.headers;
    if (host !== undefined && !isOwnHost(host, configuredHost)) {
      throw new ShelterError('HOST_UNKNOWN', `"${host.slice(0, 100)}" is not a name of this device`);
    }
    if (!isQuestion && origin !== undefined && !isSameOrigin(origin, host)) {
      throw new ShelterError('ORIGIN_FOREIGN', `a page of "${origin.slice(0, 100)}" may not ask for this`);
    }
  });
}

/** Whether a page comes from the very address that its request goes to. */
function isSameOrigin(origin: string, host: string | undefined): boolean {
  return (
    host !== undefined && /^https?:$/.test(protocolOf(origin)) && new URL(origin).host === host.toLowerCase()
  );
}

function protocolOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).protocol : '';
}

const hostHeader = /^(?:\[([0-9a-f:.]+)\]|([^:@/\s[\]]+))(?::\d{1,5})?$/i;

/**
 * True where a Host header names this device: localhost, the configured name, or any IP address. A name that a
 * stranger's DNS lets point to this device is none of these, so his page cannot read it (DNS rebinding).
 */
export function isOwnHost(header: string, configured: string): boolean {
  const [, address6, name] = hostHeader.exec(header) ?? [];
  if (address6 !== undefined) return isIP(address6) === 6;
  if (name === undefined) return false;
  return isIP(name) === 4 || ['localhost', configured.toLowerCase()].includes(name.toLowerCase());
}
