import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

/**
 * Whether something is asked at the device itself. A proxy on this device passes on what comes from elsewhere, and says
 * so.
 */
export function isFromHere({ ip, headers }: Pick<FastifyRequest, 'ip' | 'headers'>): boolean {
  const isPassedOn = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => name in headers);
  return isLoopback(ip) && !isPassedOn;
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '');
  return isIP(plain) === 4 ? plain.startsWith('127.') : plain === '::1';
}
