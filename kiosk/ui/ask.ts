import type { Clock } from './clock.js';
import type { Ask } from './state/ask.js';

/** How long an answer may take, in ms. */
const patience = 8_000;

/** Asks through the browser's fetch. */
export function askShelter(clock: Pick<Clock, 'after'>): Ask {
  return async (path, { body, token, method = body === undefined ? 'GET' : 'POST' } = {}) => {
    const giveUp = new AbortController();
    const cancel = clock.after(patience, () => giveUp.abort());
    try {
      const response = await fetch(path, {
        method,
        cache: 'no-store',
        signal: giveUp.signal,
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
      return {
        status: response.status,
        body: await response.json().catch(() => undefined),
        retryAfter: Number.isFinite(wait) ? wait : undefined,
      };
    } catch {
      return { status: 0, body: undefined, retryAfter: undefined };
    } finally {
      cancel();
    }
  };
}
