import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Clock } from '../clock.js';
import type { Ask } from './ask.js';
import { type HistoryHeard, history } from './history.js';

/** What is known of the past of a stream. */
export type Past =
  | { state: 'waiting' }
  | { state: 'unknown' }
  /** Wall times in ms. */
  | { state: 'known'; heard: HistoryHeard; from: number; to: number };

/** The past day of streams, as far as the shelter tells it. */
export interface Histories {
  of(stream: string): ReadonlySignal<Past>;
  /** Asks anew where the last answer is a minute old. @param now the shelter's wall time in ms */
  refresh(stream: string, now: number): void;
}

export const day = 86_400_000;
const width = 600_000;

/** How long, in ms, an answer does. */
const lasts = 60_000;

interface Kept {
  past: Signal<Past>;
  /** When it was asked for, on the page's monotonic time in ms. */
  asked: number | undefined;
}

export function createHistories({ ask, clock }: { ask: Ask; clock: Pick<Clock, 'monotonic'> }): Histories {
  const all = new Map<string, Kept>();

  function keptOf(stream: string): Kept {
    const known = all.get(stream);
    if (known) return known;
    const fresh: Kept = { past: signal<Past>({ state: 'waiting' }), asked: undefined };
    all.set(stream, fresh);
    return fresh;
  }

  async function askFor(stream: string, now: number, kept: Kept): Promise<void> {
    const to = Math.ceil(now / width) * width;
    const from = to - day;
    const query = new URLSearchParams({
      stream,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      every: '10 min',
      most: String(day / width),
    });
    const { status, body } = await ask(`/api/v1/history?${query}`);
    kept.past.value =
      status === 200 && history(body) ? { state: 'known', heard: body, from, to } : { state: 'unknown' };
  }

  return {
    of: (stream) => keptOf(stream).past,
    refresh(stream, now) {
      const kept = keptOf(stream);
      if (kept.asked !== undefined && clock.monotonic() - kept.asked < lasts) return;
      kept.asked = clock.monotonic();
      void askFor(stream, now, kept);
    },
  };
}
