import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RigConsole } from './console.js';

/** A rig's console over HTTP, for scripts: each POST carries a line, and its answer is the body. */
export interface ConsoleServer {
  readonly url: string;
  close(): Promise<void>;
}

const longestLine = 1_000;

/** Listens on loopback only: it can break every device of the rig. @param port the wanted one; 0 takes any */
export async function serveConsole(console: RigConsole, port: number): Promise<ConsoleServer> {
  const server = createServer((request, response) => {
    lineOf(request)
      .then(console)
      .then(
        (answer) => response.setHeader('content-type', 'text/plain; charset=utf-8').end(`${answer}\n`),
        (error: Error) => response.writeHead(400).end(`${error.message}\n`),
      );
  });
  await listen(server, port).catch(() => listen(server, 0));
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

/** The line of a request: its body, or `help` where it has none. */
async function lineOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > longestLine) throw new Error(`a line has at most ${longestLine} characters`);
  }
  return text || 'help';
}
