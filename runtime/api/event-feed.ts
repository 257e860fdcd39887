import type { ServerResponse } from 'node:http';
import { ShelterError } from '../../config/errors.js';
import type { Cancel, Clock } from '../../drivers/ports.js';
import type { Logger } from '../logger.js';
import type { ServerEvents } from './contract.js';
import { securityHeaders } from './guard.js';
import type { ApiSource } from './source.js';

/** The live side of the API: server-sent events to a bounded number of clients, each with bounded memory. */
export interface EventFeed {
  /** Sends `now`, `life`, `content` and `help`, then everything that comes, until the client leaves. Throws API_BUSY where there are too many. */
  admit(response: ServerResponse): void;
  /** Clients right now. */
  clients(): number;
  /** Says goodbye to every client. */
  close(): void;
}

const mostClients = 50;
const beatInterval = 2_000;
/** Bytes that may wait for a client before it is dropped. It comes back by itself and starts from a fresh `now`. */
const mostWaiting = 262_144;

const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'x-accel-buffering': 'no',
  connection: 'close',
};

export function eventFeed({
  source,
  clock,
  log,
}: {
  source: ApiSource;
  clock: Clock;
  log: Logger;
}): EventFeed {
  const clients = new Set<ServerResponse>();
  const unsubscribe = source.subscribe(({ event, data }) => broadcast(event, data));
  let cancelBeat: Cancel = () => {};

  function broadcast<Event extends keyof ServerEvents>(event: Event, data: ServerEvents[Event]): void {
    if (clients.size === 0) return;
    const text = message(event, data);
    for (const client of clients) send(client, text);
  }

  function send(client: ServerResponse, text: string): void {
    if (client.writableLength > mostWaiting) {
      log.warn(
        { waiting: client.writableLength },
        'a client of /api/v1/events does not keep up and is dropped',
      );
      clients.delete(client);
      client.destroy();
    } else {
      client.write(text);
    }
  }

  function beat(): void {
    broadcast('beat', { time: source.time() });
    cancelBeat = clients.size > 0 ? clock.after(beatInterval, beat) : () => {};
  }

  return {
    admit(response) {
      if (clients.size >= mostClients) {
        throw new ShelterError('API_BUSY', `${mostClients} clients already listen to /api/v1/events`);
      }
      const first =
        message('now', source.now()) +
        message('life', source.life()) +
        message('content', source.content()) +
        message('help', source.help());
      response.writeHead(200, { ...securityHeaders, ...streamHeaders });
      response.write(`retry: ${beatInterval}\n\n${first}`);
      response.once('close', () => clients.delete(response));
      clients.add(response);
      if (clients.size === 1) {
        cancelBeat();
        cancelBeat = clock.after(beatInterval, beat);
      }
    },
    clients: () => clients.size,
    close() {
      unsubscribe();
      cancelBeat();
      for (const client of clients) client.end();
      clients.clear();
    },
  };
}

function message<Event extends keyof ServerEvents>(event: Event, data: ServerEvents[Event]): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
