import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { failure, now, type ServerEvents } from '../../../runtime/api/contract.js';
import { fakeSource, helpAtNoon, lifeAtNoon, noContent, nowAtNoon, pmNow } from './fake-source.js';
import { apiRig, ask, open } from './rig.js';

interface Client {
  /** The next event's name and data. */
  next(): Promise<{ event: string; data: unknown }>;
  /** Passes over how everything stands at first. */
  opening(): Promise<void>;
  /** Everything before the first event. */
  preamble: string;
  /** Resolves to true when nothing comes any more because the server has ended the stream. */
  ended(): Promise<boolean>;
  leave(): void;
}

async function listenTo(url: string): Promise<Client> {
  const response = await open(url, '/api/v1/events');
  expect(response.statusCode).toBe(200);
  expect(response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
  expect(response.headers['cache-control']).toBe('no-store');
  expect(response.headers['x-content-type-options']).toBe('nosniff');
  onTestFinished(() => void response.destroy());

  const blocks = blocksOf(response.setEncoding('utf8'));
  const preamble = (await blocks.next()).value ?? '';

  async function next(): Promise<{ event: string; data: unknown }> {
    const { value = '' } = await blocks.next();
    const [, event = '', data = 'null'] = /^event: (.*)\ndata: (.*)$/.exec(value) ?? [];
    return { event, data: JSON.parse(data) };
  }

  return {
    preamble,
    next,
    async opening() {
      for (const event of ['now', 'life', 'content', 'help']) expect((await next()).event).toBe(event);
    },
    ended: async () => (await blocks.next()).done === true,
    leave: () => response.destroy(),
  };
}

async function* blocksOf(chunks: AsyncIterable<string>): AsyncGenerator<string, undefined> {
  let rest = '';
  for await (const chunk of chunks) {
    rest += chunk;
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
      yield rest.slice(0, end);
      rest = rest.slice(end + 2);
    }
  }
  return undefined;
}

const pressed: ServerEvents['event'] = {
  kind: 'button.pressed',
  source: 'help',
  time: nowAtNoon.time,
  detail: { note: 'two\nlines' },
};

describe('/api/v1/events', () => {
  it('says when to come back, then how everything stands', async () => {
    const { api } = await apiRig();
    const client = await listenTo(api.url);
    expect(client.preamble).toBe('retry: 2000');
    const { event, data } = await client.next();
    expect(event).toBe('now');
    expect(now.parse(data)).toEqual(nowAtNoon);
    expect(await client.next()).toEqual({ event: 'life', data: lifeAtNoon });
    expect(await client.next()).toEqual({ event: 'content', data: noContent });
    expect(await client.next()).toEqual({ event: 'help', data: helpAtNoon });
  });

  it('passes on all news in order, line breaks and all', async () => {
    const { api, source } = await apiRig();
    const client = await listenTo(api.url);
    await client.opening();
    source.announce({ event: 'stream', data: pmNow });
    source.announce({ event: 'event', data: pressed });
    source.announce({ event: 'life', data: lifeAtNoon });
    source.announce({ event: 'now', data: nowAtNoon });
    expect(await client.next()).toEqual({ event: 'stream', data: pmNow });
    expect(await client.next()).toEqual({ event: 'event', data: pressed });
    expect(await client.next()).toEqual({ event: 'life', data: lifeAtNoon });
    expect(await client.next()).toEqual({ event: 'now', data: nowAtNoon });
  });

  it('beats every 2 s, for each client, as long as there is one', async () => {
    const { api, clock } = await apiRig();
    const clients = [await listenTo(api.url), await listenTo(api.url)];
    await clock.advance(4_000);
    for (const client of clients) {
      await client.opening();
      expect(await client.next()).toEqual({ event: 'beat', data: { time: '2026-06-01T12:00:02.000Z' } });
      expect(await client.next()).toEqual({ event: 'beat', data: { time: '2026-06-01T12:00:04.000Z' } });
    }
  });

  it('beats again for a client that comes after all had left', async () => {
    const { api, clock } = await apiRig();
    const first = await listenTo(api.url);
    first.leave();
    await vi.waitFor(async () => expect(await clientCount(api.url)).toBe(0));
    await clock.advance(10_000);

    const second = await listenTo(api.url);
    await second.opening();
    await clock.advance(2_000);
    expect(await second.next()).toEqual({ event: 'beat', data: { time: '2026-06-01T12:00:12.000Z' } });
  });

  it('drops a client that does not read, while the others go on', async () => {
    const { api, source, log } = await apiRig();
    const { hostname, port } = new URL(api.url);
    const slow = connect(Number(port), hostname);
    onTestFinished(() => void slow.destroy());
    slow.pause();
    slow.write(`GET /api/v1/events HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
    await vi.waitFor(async () => expect(await clientCount(api.url)).toBe(1));

    const healthy = await listenTo(api.url);
    await healthy.opening();
    const long: ServerEvents['event'] = { ...pressed, detail: { note: 'x'.repeat(100_000) } };
    let sent = 0;
    while (log.lines.length === 0 && sent < 1_000) {
      source.announce({ event: 'event', data: long });
      sent += 1;
      expect(await healthy.next()).toEqual({ event: 'event', data: long });
      await nextTurn();
    }

    expect(log.lines[0]?.message).toContain('does not keep up');
    expect(log.lines[0]?.fields.waiting).toBeLessThan(400_000);
    expect(await clientCount(api.url)).toBe(1);
    source.announce({ event: 'stream', data: pmNow });
    expect((await healthy.next()).event).toBe('stream');
  });

  it('admits 50 clients, and another as soon as one has left', async () => {
    const { api } = await apiRig();
    const clients = await Promise.all(Array.from({ length: 50 }, () => listenTo(api.url)));
    const refused = await ask(api.url, '/api/v1/events');
    expect(refused.status).toBe(503);
    expect(refused.headers['retry-after']).toBe('2');
    expect(failure.parse(refused.json()).code).toBe('API_BUSY');

    clients[0]?.leave();
    await vi.waitFor(async () => expect(await clientCount(api.url)).toBe(49));
    expect((await (await listenTo(api.url)).next()).event).toBe('now');
  });

  it('refuses in words where it cannot tell how things stand', async () => {
    const source = fakeSource({
      now() {
        throw new Error('not yet');
      },
    });
    const { api } = await apiRig({ source });
    const answer = await ask(api.url, '/api/v1/events');
    expect(answer.status).toBe(500);
    expect(failure.parse(answer.json()).code).toBe('API_FAILED');
    expect(await clientCount(api.url)).toBe(0);
  });

  it('answers HEAD at once', async () => {
    const { api } = await apiRig();
    const answer = await ask(api.url, '/api/v1/events', { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/event-stream; charset=utf-8');
  });

  it('ends every stream when the API closes, and asks the shelter for nothing more', async () => {
    const { api, source } = await apiRig();
    const client = await listenTo(api.url);
    await client.opening();
    expect(source.subscribers).toBe(1);
    await api.close();
    expect(await client.ended()).toBe(true);
    expect(source.subscribers).toBe(0);
  });
});

async function clientCount(url: string): Promise<number> {
  const { text } = await ask(url, '/metrics');
  return Number(/^ushelter_event_clients (\d+)$/m.exec(text)?.[1]);
}
