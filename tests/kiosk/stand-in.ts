import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Content, Help, Life, Now, ServerEvents } from '../../runtime/api/contract.js';
import { type Answer, replies } from './replies.js';

/** A stand-in for the runtime at its narrowest: the built page, its events and its answers, as the contract says. */
export interface StandIn {
  readonly url: string;
  /** Sets its clock to a wall time in ms. */
  setClock(time: number): void;
  /** What it tells whoever connects, and all who are connected. */
  show(now: Now): void;
  /** The same of what the numbers mean. */
  showLife(life: Life): void;
  /** The same of what was not sensed here. */
  showContent(content: Content): void;
  /** The same of the ways to help. */
  showHelp(help: Help): void;
  send<Name extends keyof ServerEvents>(name: Name, data: ServerEvents[Name]): void;
  /** Paths of the API that were asked for, with what was sent. */
  readonly asked: { path: string; body: unknown }[];
  /** Has a path of the API be answered otherwise from now on; undefined: never. */
  reply(path: string, answer: Answer | undefined): void;
  /** What it was asked to speak. */
  readonly spoken: { text: string; language: string }[];
  /** What it answers to that; without a sound it says that it has no voice, as at first. */
  speakWith(sound: Buffer | undefined): void;
  /** Goes on without a word, as a runtime that hangs. */
  hang(): void;
  /** Ends as a killed process does: every socket is closed and nobody listens. */
  die(): Promise<void>;
  /** Listens again on the same port, where it does not. */
  rise(): Promise<void>;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const beatInterval = 2_000;

const api = '/api/v1/';

const unknown: Answer = { status: 404, json: {} };

/**
 * @param folder where the built page is
 * @param wanted port; any free one for 0
 */
export async function startStandIn(folder: string, first: Now, meaning: Life, wanted = 0): Promise<StandIn> {
  let told = first;
  let life = meaning;
  let content: Content | undefined;
  let help: Help | undefined;
  let hangs = false;
  let sound: Buffer | undefined;
  const spoken: StandIn['spoken'] = [];
  const asked: StandIn['asked'] = [];
  const otherwise = new Map<string, Answer | undefined>();
  let server = await listen(wanted);
  const { port } = server.address() as AddressInfo;
  const listeners = new Set<ServerResponse>();
  let ahead = 0;
  const beats = setInterval(() => {
    send('beat', { time: new Date(Date.now() + ahead).toISOString() });
  }, beatInterval);
  beats.unref();

  async function listen(on: number): Promise<Server> {
    const made = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://page');
      if (!pathname.startsWith(api)) return void serveFile(folder, pathname, response);
      const path = pathname.slice(api.length);
      if (path === 'events') connect(response);
      else if (path === 'speech') speak(searchParams, response);
      else void answer(path, searchParams, request, response);
    });
    made.listen(on, '127.0.0.1');
    await once(made, 'listening');
    return made;
  }

  function connect(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.flushHeaders();
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
    if (hangs) return;
    response.write(frame('now', told));
    response.write(frame('life', life));
    if (content) response.write(frame('content', content));
    if (help) response.write(frame('help', help));
  }

  async function answer(
    path: string,
    query: URLSearchParams,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const sent = await text(request);
    asked.push({ path, body: sent === '' ? undefined : JSON.parse(sent) });
    const given = otherwise.has(path) ? otherwise.get(path) : (replies[path]?.(query) ?? unknown);
    if (!given) return;
    response.writeHead(given.status ?? 200, { 'content-type': 'application/json', ...given.headers });
    response.end(JSON.stringify(given.json));
  }

  function speak(query: URLSearchParams, response: ServerResponse): void {
    spoken.push({ text: query.get('text') ?? '', language: query.get('language') ?? '' });
    // What is heard again is asked for again: it is counted here.
    const headers = { 'content-type': 'audio/wav', 'cache-control': 'no-store' };
    if (sound) response.writeHead(200, headers).end(sound);
    else response.writeHead(501).end();
  }

  function send<Name extends keyof ServerEvents>(name: Name, data: ServerEvents[Name]): void {
    if (!hangs) for (const response of listeners) response.write(frame(name, data));
  }

  return {
    url: `http://127.0.0.1:${port}/`,
    setClock(time) {
      ahead = time - Date.now();
    },
    show(now) {
      told = now;
      send('now', now);
    },
    showLife(next) {
      life = next;
      send('life', next);
    },
    showContent(next) {
      content = next;
      send('content', next);
    },
    showHelp(next) {
      help = next;
      send('help', next);
    },
    send,
    asked,
    reply(path, answer) {
      otherwise.set(path, answer);
    },
    spoken,
    speakWith(next) {
      sound = next;
    },
    hang() {
      hangs = true;
    },
    async die() {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
    async rise() {
      hangs = false;
      if (!server.listening) server = await listen(port);
    },
  };
}

function frame(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

async function serveFile(folder: string, pathname: string, response: ServerResponse): Promise<void> {
  const path = join(folder, pathname === '/' ? 'index.html' : pathname);
  try {
    const body = await readFile(path);
    response.writeHead(200, {
      'content-type': types[extname(path)] ?? 'application/octet-stream',
      'cache-control': pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}
