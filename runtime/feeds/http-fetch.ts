import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ShelterError } from '../../config/errors.js';
import { writeSize } from '../../config/size.js';
import type { Clock } from '../../drivers/ports.js';
import { messageOf } from '../problem.js';
import { type Answer, type Fetch, placeOf, type Question } from './fetch.js';

export interface FetchLimits {
  /** For the whole answer, in ms. */
  patience: number;
  /** Bytes of an answer, unpacked. */
  most: number;
}

const usual: FetchLimits = { patience: 10_000, most: 8_000_000 };
const mostRedirections = 3;
const redirections: readonly number[] = [301, 302, 303, 307, 308];

interface Reply extends Answer {
  /** Where it sends us on to. */
  location: string | undefined;
}

/** HTTP and HTTPS as Node has them: the API is served by the same code, so that a shelter carries no second client. */
export function httpFetch(clock: Clock, limits: FetchLimits = usual): Fetch {
  return async (question) => {
    const place = placeOf(question.url);
    let url = addressOf(question);
    for (let turn = 0; turn <= mostRedirections; turn++) {
      const isOwn = url.origin === new URL(question.url).origin;
      const { location, ...answer } = await reply(url, isOwn ? question.headers : {}, place);
      if (location === undefined || !redirections.includes(answer.status)) return answer;
      url = next(url, location, place);
    }
    throw unreachable(place, 'it sends us from address to address');
  };

  function reply(url: URL, headers: Question['headers'], place: string): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const leaving = new AbortController();
      const cancel = clock.after(limits.patience, () =>
        leaving.abort(unreachable(place, `no whole answer came within ${limits.patience / 1_000} s`)),
      );
      send(url, { ...headers, 'accept-encoding': 'gzip' }, leaving.signal)
        .then(async (response) => {
          const body = await bodyOf(response, limits.most, place);
          return { status: response.statusCode ?? 0, body, location: response.headers.location };
        })
        .then(resolve, (error) => {
          if (leaving.signal.aborted) reject(leaving.signal.reason);
          else reject(error instanceof ShelterError ? error : unreachable(place, messageOf(error)));
        })
        .finally(() => {
          cancel();
          // Ends what is still under way, such as an answer that is too large.
          leaving.abort();
        });
    });
  }
}

async function send(
  url: URL,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { get } = url.protocol === 'https:' ? await import('node:https') : await import('node:http');
  return new Promise((resolve, reject) => {
    get(url, { headers, signal }, resolve).once('error', reject);
  });
}

async function bodyOf(response: IncomingMessage, most: number, place: string): Promise<Uint8Array> {
  const packed = response.headers['content-encoding'] === 'gzip';
  // An error of either ends the reading below.
  const unpacked: Readable = packed ? pipeline(response, createGunzip(), () => {}) : response;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of unpacked) {
    size += chunk.length;
    if (size > most)
      throw new ShelterError('FEED_NONSENSE', `${place}: the answer is over ${writeSize(most)}.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function addressOf({ url, secrets = {} }: Question): URL {
  const address = new URL(url);
  for (const [name, value] of Object.entries(secrets)) address.searchParams.set(name, value);
  return address;
}

function next(from: URL, location: string, place: string): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (to && /^https?:$/.test(to.protocol)) return to;
  throw unreachable(place, 'it sends us on to no address');
}

function unreachable(place: string, why: string): ShelterError {
  return new ShelterError('FEED_UNREACHABLE', `${place}: ${why}.`);
}
