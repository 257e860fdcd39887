import { type Clock, inTime } from './clock.js';
import type { Access } from './runtime-access.js';
import type { Post } from './runtime-link.js';

/** The runtime over HTTP. Nothing is followed elsewhere, and no answer is believed to be small. */

/** Most characters of an answer. */
const mostText = 65_536;

type Fetch = typeof fetch;

/** @param access is asked anew each time, as the runtime's port and token change when it starts again */
export function postTo(
  access: () => Promise<Access | undefined>,
  clock: Clock,
  fetchIt: Fetch = fetch,
): Post {
  return async (path, body, patience) => {
    const known = await access();
    if (!known) throw new Error('it has not said yet where it is');
    return within(clock, patience, async (signal) => {
      const response = await fetchIt(new URL(path, known.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${known.token}` },
        body: JSON.stringify(body),
        redirect: 'error',
        signal,
      });
      const text = await response.text();
      if (text.length > mostText) throw new Error('its answer is too long');
      return { status: response.status, body: JSON.parse(text) as unknown };
    });
  };
}

/** Whether a page answers. */
export function answers(clock: Clock, fetchIt: Fetch = fetch): (url: URL) => Promise<boolean> {
  return async (url) => {
    const asked = within(clock, 5_000, (signal) =>
      fetchIt(url, { method: 'HEAD', redirect: 'error', signal }).then(({ ok }) => ok),
    );
    return inTime(clock, 6_000, asked, false);
  };
}

async function within<T>(clock: Clock, ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const cancel = clock.after(ms, () => abort.abort(new Error(`it has not answered within ${ms / 1_000} s`)));
  try {
    return await work(abort.signal);
  } finally {
    cancel();
  }
}
