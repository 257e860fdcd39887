import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failure } from '../../../runtime/api/contract.js';
import { isOwnHost } from '../../../runtime/api/guard.js';
import { apiRig, ask, keptConnection } from './rig.js';

describe('the host a request is addressed to', () => {
  it.each([
    'localhost',
    'LOCALHOST:8080',
    '127.0.0.1:8080',
    '192.168.0.7',
    '[::1]:8080',
    '[fe80::1]',
    'stop.local',
  ])('is this device’s own: %s', (host) => expect(isOwnHost(host, 'Stop.local')).toBe(true));

  it.each([
    'evil.example',
    'evil.example:8080',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil@localhost',
    'localhost:8080:8080',
    '[evil.example]',
    '[127.0.0.1]',
    '::1',
    '',
  ])('is not: %s', (host) => expect(isOwnHost(host, '127.0.0.1')).toBe(false));

  it('is never a name that somebody’s DNS can give', () => {
    fc.assert(fc.property(fc.domain(), (name) => !isOwnHost(name, '0.0.0.0')));
  });

  it('is asked for before anything is told', async () => {
    const { api } = await apiRig();
    for (const path of ['/api/v1/now', '/api/v1/events', '/metrics', '/', '/nowhere', '/api/docs']) {
      const answer = await ask(api.url, path, { headers: { host: 'evil.example' } });
      expect(answer.status).toBe(421);
      expect(failure.parse(answer.json()).code).toBe('HOST_UNKNOWN');
    }
  });
});

describe('a request', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('is refused when it is a %s', async (method) => {
    const { api } = await apiRig();
    for (const path of ['/api/v1/now', '/nowhere']) {
      const answer = await ask(api.url, path, { method });
      expect(answer.status).toBe(405);
      expect(answer.headers.allow).toBe('GET, HEAD');
      expect(failure.parse(answer.json()).code).toBe('API_READ_ONLY');
    }
  });

  it('from another site gets no leave to read the answer', async () => {
    const { api } = await apiRig();
    const { headers } = await ask(api.url, '/api/v1/now', { headers: { origin: 'https://evil.example' } });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
  });

  it('with any path is answered in the shape of a failure, safely headed, and never breaks the server', async () => {
    const { api } = await apiRig();
    const agent = keptConnection();
    const pieces = fc.constantFrom(
      '/',
      '..',
      '%2e',
      '%',
      '%00',
      '%ff',
      '\\',
      '//',
      'api',
      'v1',
      'now',
      '?',
      '*',
      ';',
    );
    const piece = fc.oneof(pieces, fc.string({ unit: fc.constantFrom(...'aZ09-._~!$&()+,=:@[]{}|^`"<>') }));
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (parts) => {
        const answer = await ask(api.url, `/${parts.join('')}`, { agent });
        expect(answer.headers['x-content-type-options']).toBe('nosniff');
        expect(answer.headers['x-frame-options']).toBe('DENY');
        expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
        expect(answer.headers['referrer-policy']).toBe('no-referrer');
        if (answer.status >= 400 && answer.status !== 503) failure.parse(answer.json());
        expect(answer.status).not.toBe(500);
      }),
      { numRuns: 300 },
    );
    expect((await ask(api.url, '/api/v1/now')).status).toBe(200);
  });
});
