import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { httpFetch } from '../../../runtime/feeds/http-fetch.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { startUpstream } from '../../rigs/upstream.js';

const secrets = { serviceKey: 'ab+c/d==' };
const text = (body: Uint8Array) => new TextDecoder().decode(body);

function fetchWith(limits = { patience: 10_000, most: 1_000 }) {
  const clock = virtualClock();
  return { clock, fetch: httpFetch(clock, limits) };
}

describe('the way of the feeds to the network', () => {
  it('asks with its parameters, headers and secrets, and gives status and body', async () => {
    const upstream = await startUpstream({
      '/arrivals': (response, request) => {
        response.writeHead(203).end(`${request.method} ${request.headers['x-api-key']}`);
      },
    });
    const { fetch } = fetchWith();
    const answer = await fetch({
      url: `${upstream.url}/arrivals?stop=1`,
      secrets,
      headers: { 'x-api-key': 'k' },
    });
    expect(answer.status).toBe(203);
    expect(text(answer.body)).toBe('GET k');
    expect(Object.fromEntries(upstream.asked[0]?.searchParams ?? [])).toEqual({ stop: '1', ...secrets });
  });

  it('unpacks what comes packed', async () => {
    const upstream = await startUpstream({
      '*': (response) => response.setHeader('content-encoding', 'gzip').end(gzipSync('buses')),
    });
    const { fetch } = fetchWith();
    expect(text((await fetch({ url: upstream.url })).body)).toBe('buses');
  });

  it.each([
    ['plain', (size: number) => ({ body: Buffer.alloc(size), encoding: 'identity' })],
    ['packed', (size: number) => ({ body: gzipSync(Buffer.alloc(size)), encoding: 'gzip' })],
  ])('refuses an answer that is too large: %s', async (_, made) => {
    const { body, encoding } = made(1_001);
    const upstream = await startUpstream({
      '*': (response) => response.setHeader('content-encoding', encoding).end(body),
    });
    const { fetch } = fetchWith();
    await expect(fetch({ url: upstream.url })).rejects.toMatchObject({
      code: 'FEED_NONSENSE',
      message: expect.stringContaining('over 1 kB'),
    });
  });

  it.each([
    ['that nobody listens at', 'http://127.0.0.1:1/x?stop=1'],
    ['that does not exist', 'http://nowhere.invalid/x?stop=1'],
  ])('says which address does not answer, and no secret: one %s', async (_, url) => {
    const { fetch } = fetchWith();
    const error = await fetch({ url, secrets }).catch((error) => error);
    expect(error).toMatchObject({ code: 'FEED_UNREACHABLE', message: expect.stringContaining('/x: ') });
    expect(JSON.stringify({ ...error, message: error.message, cause: error.cause })).not.toContain('ab+c');
    expect(error.message).not.toContain('stop=1');
  });

  it.each([
    ['nothing', () => {}],
    ['half of it', (response: { write(text: string): void }) => response.write('half')],
  ])('gives up where %s comes', async (_, begin) => {
    let isAsked = () => {};
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve;
    });
    const upstream = await startUpstream({
      '*': (response) => {
        begin(response);
        isAsked();
      },
    });
    const { fetch, clock } = fetchWith();
    const outcome = fetch({ url: upstream.url }).catch((error) => error);
    await asked;
    await clock.advance(9_999);
    await clock.advance(1);
    expect(await outcome).toMatchObject({
      code: 'FEED_UNREACHABLE',
      message: expect.stringContaining('no whole answer came within 10 s'),
    });
  });

  it('does not take what was cut off for the whole', async () => {
    const upstream = await startUpstream({
      '*': (response) => {
        response.writeHead(200, { 'content-length': '100' }).write('half');
        setImmediate(() => response.destroy());
      },
    });
    const { fetch } = fetchWith();
    await expect(fetch({ url: upstream.url })).rejects.toMatchObject({ code: 'FEED_UNREACHABLE' });
  });

  it('goes where it is sent on to, and takes no secret to another host', async () => {
    const other = await startUpstream({
      '/there': (response, request) => response.end(`${request.headers.key}`),
    });
    const upstream = await startUpstream({
      '/old': (response) => response.writeHead(302, { location: '/new' }).end(),
      '/new': (response) => response.writeHead(307, { location: `${other.url}/there` }).end(),
      '/circle': (response) => response.writeHead(302, { location: '/circle' }).end(),
      '/file': (response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    });
    const { fetch } = fetchWith();
    const answer = await fetch({ url: `${upstream.url}/old`, secrets, headers: { key: 'k' } });
    expect(text(answer.body)).toBe('undefined');
    expect(other.asked[0]?.search).toBe('');
    await expect(fetch({ url: `${upstream.url}/circle` })).rejects.toThrow('from address to address');
    await expect(fetch({ url: `${upstream.url}/file` })).rejects.toThrow('to no address');
  });
});
