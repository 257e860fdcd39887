import type { ServerEvents } from '../../runtime/api/contract.js';

/** What /api/v1/events has sent so far. */
export interface HeardEvents {
  of<Name extends keyof ServerEvents>(name: Name): ServerEvents[Name][];
  /** Resolves when the stream has ended, from whichever side. */
  ended: Promise<void>;
}

type Heard = { [Name in keyof ServerEvents]: { name: Name; data: ServerEvents[Name] } }[keyof ServerEvents];

/** Listens to the API's events. @param url of the API */
export async function hearEvents(url: string): Promise<HeardEvents> {
  const response = await fetch(`${url}/api/v1/events`);
  if (!response.body) throw new Error(`${url}/api/v1/events answered with ${response.status} and no body.`);
  const heard: Heard[] = [];
  return {
    of: <Name extends keyof ServerEvents>(name: Name) =>
      heard.filter((one) => one.name === name).map(({ data }) => data as ServerEvents[Name]),
    // A runtime that is killed breaks the stream off; that ends it too.
    ended: collect(response.body, (one) => heard.push(one)).catch(() => {}),
  };
}

async function collect(body: ReadableStream<Uint8Array>, take: (heard: Heard) => void): Promise<void> {
  let held = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const blocks = (held + text).split('\n\n');
    held = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, name, data] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
      if (name && data) take({ name, data: JSON.parse(data) } as Heard);
    }
  }
}
