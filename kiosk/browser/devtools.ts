import type { Readable, Writable } from 'node:stream';

/** Chromium's DevTools protocol over a pipe: JSON texts, each ended by a zero byte. */
export interface DevTools {
  /**
   * Asks for something. Rejects with what the browser answers, and where the pipe ends; a browser that hangs never
   * settles it, so whoever waits sets the time.
   *
   * @param session of a page; without one the browser itself is meant
   */
  send(method: string, params?: object, session?: string): Promise<Record<string, unknown>>;
  /** Called for each event, of the browser and of every page. */
  onEvent(listener: (event: DevToolsEvent) => void): void;
}

export interface DevToolsEvent {
  method: string;
  params: Record<string, unknown>;
  session: string | undefined;
}

interface Asked {
  method: string;
  resolve(result: Record<string, unknown>): void;
  reject(error: Error): void;
}

/** Most bytes of one message: a picture of a large panel is far smaller. */
const mostBytes = 64_000_000;

export function speakDevTools(input: Writable, output: Readable): DevTools {
  const asked = new Map<number, Asked>();
  const listeners: ((event: DevToolsEvent) => void)[] = [];
  let lastId = 0;

  function hear(text: string): void {
    const message = parseMessage(text);
    if (!message) return;
    if ('method' in message) {
      for (const listener of listeners) listener(message);
      return;
    }
    const question = asked.get(message.id);
    asked.delete(message.id);
    if (message.problem === undefined) question?.resolve(message.result);
    else question?.reject(new Error(`${question.method}: ${message.problem}`));
  }

  function end(): void {
    for (const { method, reject } of asked.values()) reject(new Error(`${method}: the browser is gone`));
    asked.clear();
  }

  const split = splitMessages(hear);
  output.on('data', split);
  output.on('close', end);
  output.on('error', end);
  input.on('error', end);

  return {
    send(method, params = {}, session) {
      lastId += 1;
      const id = lastId;
      const text = JSON.stringify({
        id,
        method,
        params,
        ...(session !== undefined && { sessionId: session }),
      });
      return new Promise((resolve, reject) => {
        if (!input.writable) return reject(new Error(`${method}: the browser is gone`));
        asked.set(id, { method, resolve, reject });
        input.write(`${text}\0`);
      });
    },
    onEvent: (listener) => void listeners.push(listener),
  };
}

/** Puts chunks together again to the texts between zero bytes, whatever the chunks. */
export function splitMessages(hear: (text: string) => void): (chunk: Buffer) => void {
  let held: Buffer[] = [];
  let size = 0;
  return (chunk) => {
    let rest = chunk;
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      const text = Buffer.concat([...held, rest.subarray(0, end)]).toString('utf8');
      held = [];
      size = 0;
      rest = rest.subarray(end + 1);
      hear(text);
    }
    size += rest.length;
    held = size > mostBytes ? [] : [...held, rest];
  };
}

type Parsed = DevToolsEvent | { id: number; problem: string | undefined; result: Record<string, unknown> };

/** Reads one text; undefined where it is no message. */
export function parseMessage(text: string): Parsed | undefined {
  const message = asObject(parseJson(text));
  if (!message) return undefined;
  if (typeof message.id === 'number') {
    const problem = asObject(message.error);
    return {
      id: message.id,
      problem: problem && String(problem.message ?? 'it failed'),
      result: asObject(message.result) ?? {},
    };
  }
  if (typeof message.method !== 'string') return undefined;
  return {
    method: message.method,
    params: asObject(message.params) ?? {},
    session: typeof message.sessionId === 'string' ? message.sessionId : undefined,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
