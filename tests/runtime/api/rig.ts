import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { onTestFinished } from 'vitest';
import { createMetrics, type Metrics } from '../../../runtime/api/metrics.js';
import { type Api, type ApiParts, startApi } from '../../../runtime/api/server.js';
import type { Logger } from '../../../runtime/logger.js';
import { type VirtualClock, virtualClock } from '../../../simulators/virtual-clock.js';
import { fakeDesks } from './fake-desks.js';
import { type FakeSource, fakeSource, noon } from './fake-source.js';

export interface ApiRig {
  api: Api;
  source: FakeSource;
  clock: VirtualClock;
  metrics: Metrics;
  log: RecordedLog;
}

export interface RecordedLog extends Logger {
  readonly lines: { fields: Record<string, unknown>; message: string }[];
}

export function recordedLog(): RecordedLog {
  const lines: RecordedLog['lines'] = [];
  const record = (fields: object, message: string) => void lines.push({ fields: { ...fields }, message });
  return { lines, info: record, warn: record };
}

/** The API on a free port of loopback, closed when the test ends. */
export async function apiRig(
  changes: Partial<Pick<ApiParts, 'config' | 'pages' | 'desks'> & { source: FakeSource }> = {},
): Promise<ApiRig> {
  const clock = virtualClock(noon);
  const metrics = createMetrics();
  const log = recordedLog();
  const source = changes.source ?? fakeSource({ time: () => new Date(clock.now()).toISOString() });
  const config = changes.config ?? { host: '127.0.0.1', port: 0 };
  const desks = changes.desks ?? fakeDesks();
  const api = await startApi({ source, desks, config, pages: changes.pages, clock, log, metrics });
  onTestFinished(async () => {
    await api.close();
    metrics.close();
  });
  return { api, source, clock, metrics, log };
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** The body as JSON; throws where it is none. */
  json(): unknown;
}

export interface Question {
  method?: string;
  headers?: Record<string, string>;
  agent?: Agent;
  body?: string;
}

/** Asks over a real socket; the path goes out as it is, not normalised. */
export async function ask(url: string, path: string, question: Question = {}): Promise<Answer> {
  const response = await open(url, path, question);
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  const { statusCode: status = 0, headers } = response;
  return { status, headers, text, json: () => JSON.parse(text) };
}

/** Asks and returns as soon as the head of the answer is there. */
export function open(
  url: string,
  path: string,
  { body, ...question }: Question = {},
): Promise<IncomingMessage> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, agent: false, ...question }, resolve)
      .once('error', reject)
      .end(body);
  });
}

/** Sends a body as JSON, whatever text it is. */
export function post(url: string, path: string, body: string, headers: Record<string, string> = {}) {
  return ask(url, path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

/** Keeps one connection for many questions. */
export function keptConnection(): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  return agent;
}
