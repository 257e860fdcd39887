import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { scratchFolder } from '../../rigs/scratch.js';

/** A page that is kept on a screen, and whoever serves it. */

export interface PageServer {
  readonly url: URL;
  /** What the page answered. */
  readonly told: readonly string[];
  /** How often the page was asked for. */
  readonly loads: number;
  /** How many pages hear what they are told. */
  readonly listeners: number;
  /** Has the page misbehave. */
  tell(misdeed: string): void;
  /** As a runtime that is killed. */
  die(): Promise<void>;
  rise(): Promise<void>;
}

/** Flags of a browser without a screen; the sandbox is left out only where a test runs as root, which it cannot. */
export const headless = [
  '--headless=new',
  '--disable-quic',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

/** Builds the page of `page/`, into a folder of its own. */
export async function buildKeptPage(): Promise<string> {
  const outDir = scratchFolder();
  await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('./page/', import.meta.url)),
    build: { outDir, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: false },
  });
  return outDir;
}

export async function servePage(folder: string): Promise<PageServer> {
  const pages = new Set<ServerResponse>();
  const told: string[] = [];
  let loads = 0;
  let server = await listen(0);
  const { port } = server.address() as AddressInfo;

  async function serveFile(path: string, response: ServerResponse): Promise<void> {
    try {
      const body = await readFile(join(folder, path));
      response.writeHead(200, { 'content-type': types[extname(path)] ?? 'text/plain' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  }

  async function listen(on: number): Promise<Server> {
    const made = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://page');
      if (pathname === '/orders') {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
        pages.add(response);
        response.on('close', () => pages.delete(response));
      } else if (pathname === '/told') {
        request.setEncoding('utf8').on('data', (text) => told.push(text));
        response.end();
      } else {
        if (pathname === '/' && request.method === 'GET') loads += 1;
        void serveFile(pathname === '/' ? 'index.html' : pathname, response);
      }
    });
    made.listen(on, '127.0.0.1');
    await once(made, 'listening');
    return made;
  }

  return {
    url: new URL(`http://127.0.0.1:${port}/`),
    told,
    get loads() {
      return loads;
    },
    get listeners() {
      return pages.size;
    },
    tell(misdeed) {
      for (const page of pages) page.write(`data: ${misdeed}\n\n`);
    },
    async die() {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
    async rise() {
      server = await listen(port);
    },
  };
}

/** Processes whose command line has this text and this type, such as `renderer`, `gpu-process`; `browser` is the first. */
export function browserProcesses(text: string, type: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const line = commandLine(pid);
      const itsType = /--type=([\w-]+)/.exec(line)?.[1] ?? 'browser';
      return line.includes(text) && itsType === type && !line.startsWith('/bin/sh');
    })
    .map(Number);
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
