import { once } from 'node:events';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { failure } from '../../../runtime/api/contract.js';
import { createMetrics } from '../../../runtime/api/metrics.js';
import { startApi } from '../../../runtime/api/server.js';
import type { HistoryPoint } from '../../../runtime/store/port.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { fakeDesks } from './fake-desks.js';
import { fakeSource } from './fake-source.js';
import { apiRig, ask, open, recordedLog } from './rig.js';

/** Another program that holds a port of loopback. */
async function squatter(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

function start(config: { host: string; port: number }) {
  const metrics = createMetrics();
  onTestFinished(() => metrics.close());
  return startApi({
    source: fakeSource(),
    desks: fakeDesks(),
    config,
    clock: virtualClock(),
    log: recordedLog(),
    metrics,
  });
}

describe('the port', () => {
  it('is the next free one where it is taken, which the log tells', async () => {
    const port = await squatter();
    const { api, log } = await apiRig({ config: { host: '127.0.0.1', port } });
    const used = Number(new URL(api.url).port);
    expect(used).toBeGreaterThan(port);
    expect(used).toBeLessThanOrEqual(port + 20);
    expect(log.lines).toMatchObject([
      {
        fields: { wanted: port, url: api.url },
        message: `port ${port} is taken; the API listens on ${used}`,
      },
    ]);
    expect((await ask(api.url, '/api/v1/now')).status).toBe(200);
  });

  it('is the one of the site file where that is free, as after a stop', async () => {
    const { api } = await apiRig();
    const port = Number(new URL(api.url).port);
    await api.close();
    const again = await start({ host: '127.0.0.1', port });
    expect(again.url).toBe(api.url);
    await again.close();
  });

  it('is asked for in vain on an address that is not this machine’s', async () => {
    await expect(start({ host: '192.0.2.1', port: 0 })).rejects.toMatchObject({
      code: 'API_UNAVAILABLE',
      message: expect.stringContaining('cannot listen on port 0 of 192.0.2.1'),
    });
  });

  it('is never searched for beyond the last there is', async () => {
    const last = createServer()
      .listen(65_535, '127.0.0.1')
      .on('error', () => {});
    onTestFinished(() => void last.close());
    await Promise.race([once(last, 'listening'), once(last, 'error')]);
    await expect(start({ host: '127.0.0.1', port: 65_535 })).rejects.toMatchObject({
      code: 'API_UNAVAILABLE',
    });
  });
});

describe('a stop', () => {
  it('lets an answer under way arrive', async () => {
    let answer: (points: HistoryPoint[]) => void = () => {};
    const source = fakeSource({
      history: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    const { api } = await apiRig({ source });
    const pending = ask(api.url, '/api/v1/history?stream=air/pm2_5');
    await expect.poll(() => answer.length).toBe(1);
    const closed = api.close();
    answer([]);
    expect((await pending).status).toBe(200);
    await closed;
  });

  it('waits 2 s for a client that sends its request by drops, and no longer', async () => {
    const { api, clock } = await apiRig();
    const { hostname, port } = new URL(api.url);
    const dawdler = connect(Number(port), hostname);
    dawdler.write('GET /api/v1/now HTTP/1.1\r\nHo');
    dawdler.on('error', () => {});
    await once(dawdler, 'connect');
    await ask(api.url, '/api/v1/now');

    const closed = api.close();
    await clock.advance(2_000);
    await closed;
  });
});

describe('the page', () => {
  async function builtPage(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'page-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>stop</title>');
    await writeFile(join(folder, 'assets/index-BxQ3f_9z.js'), 'export {}');
    await writeFile(join(folder, '.secret'), 'secret');
    return folder;
  }

  it('is served at / and always asked for anew', async () => {
    const { api } = await apiRig({ pages: await builtPage() });
    const answer = await ask(api.url, '/');
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('<title>stop</title>');
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-cache');
    expect(answer.headers['content-security-policy']).toContain("default-src 'self'");

    const again = await ask(api.url, '/', { headers: { 'if-none-match': String(answer.headers.etag) } });
    expect(again.status).toBe(304);
  });

  it('needs no restart once it is built', async () => {
    const folder = await builtPage();
    await rename(join(folder, 'index.html'), join(folder, 'later.html'));
    const { api } = await apiRig({ pages: folder });
    expect((await ask(api.url, '/')).status).toBe(503);
    await rename(join(folder, 'later.html'), join(folder, 'index.html'));
    expect((await ask(api.url, '/')).status).toBe(200);
  });

  it('has assets that are kept for ever, since their names change with their content', async () => {
    const { api } = await apiRig({ pages: await builtPage() });
    const answer = await ask(api.url, '/assets/index-BxQ3f_9z.js');
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8');
  });

  it('has fonts of its own, which are kept as long', async () => {
    const folder = await builtPage();
    const name = 'noto-sans-kr-65-wght-normal-BxQ3f_9z.woff2';
    await writeFile(join(folder, 'assets', name), 'letters');
    const { api } = await apiRig({ pages: folder });
    const answer = await ask(api.url, `/assets/${name}`);
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(answer.headers['content-type']).toBe('font/woff2');
  });

  it.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/assets/..%2f..%2fetc/passwd',
    '/.secret',
    '/assets/none.js',
  ])('gives nothing at %s', async (path) => {
    const { api } = await apiRig({ pages: await builtPage() });
    const answer = await ask(api.url, path);
    expect([400, 404]).toContain(answer.status);
    failure.parse(answer.json());
  });

  it('says how to build it where it is not built', async () => {
    const { api } = await apiRig({ pages: join(tmpdir(), 'no-such-folder') });
    const answer = await ask(api.url, '/');
    expect(answer.status).toBe(503);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer.text).toBe('The page is not built: run `npm run build`, then reload.\n');
    expect((await open(api.url, '/api/v1/now')).statusCode).toBe(200);
  });
});
