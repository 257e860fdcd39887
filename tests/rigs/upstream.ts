import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What a stand-in for an upstream answers: a body with HTTP 200, or whatever is done by hand. */
export type Reply = string | Uint8Array | ((response: ServerResponse, request: IncomingMessage) => void);

/** A stand-in for an upstream on real HTTP. */
export interface Upstream {
  readonly url: string;
  /** Paths and parameters of what was asked, oldest first. */
  readonly asked: URL[];
  /** From now on this is the answer to a path; `*` is that to all others. */
  answer(path: string, reply: Reply): void;
}

/** Listens on loopback until the test is over. */
export async function startUpstream(replies: Record<string, Reply> = {}): Promise<Upstream> {
  const answers = new Map(Object.entries(replies));
  const asked: URL[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://upstream');
    asked.push(url);
    const reply = answers.get(url.pathname) ?? answers.get('*');
    if (reply === undefined) response.writeHead(404).end('not here');
    else if (typeof reply === 'function') reply(response, request);
    else response.end(reply);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: (path, reply) => void answers.set(path, reply),
  };
}
