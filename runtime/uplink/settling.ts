import type { Cancel, Clock } from '../../drivers/ports.js';
import type { Span } from '../store/port.js';

/** Tells the store what is settled. */
export interface Settling {
  /** Tells it at once after a quiet time, and else soon. Throws where the store has refused something before. */
  settle(span: Span): void;
  /** Resolves when all of it is told. Rejects where the store has refused some of it: that is to be sent again. */
  finish(): Promise<void>;
}

/** How long, in ms, what is settled is gathered: a backlog would cost the store a transaction for each message. */
const gathering = 50;

/** @param tell as of a store */
export function createSettling(
  tell: (span: Span) => Promise<void>,
  clock: Pick<Clock, 'after' | 'monotonic'>,
): Settling {
  let gathered: Span[] = [];
  let quiet = Number.NEGATIVE_INFINITY;
  let cancel: Cancel | undefined;
  let telling: Promise<void> | undefined;
  let refusal: { error: unknown } | undefined;

  async function tellAll(): Promise<void> {
    const spans = joined(gathered);
    gathered = [];
    try {
      for (const span of spans) await tell(span);
    } catch (error) {
      refusal = { error };
    }
    quiet = clock.monotonic() + gathering;
    telling = undefined;
    schedule();
  }

  function begin(): Promise<void> {
    cancel?.();
    cancel = undefined;
    telling ??= tellAll();
    return telling;
  }

  function schedule(): void {
    if (telling || cancel || gathered.length === 0) return;
    const wait = quiet - clock.monotonic();
    if (wait > 0) cancel = clock.after(wait, begin);
    else void begin();
  }

  return {
    settle(span) {
      if (refusal) throw refusal.error;
      gathered.push(span);
      schedule();
    },
    async finish() {
      while (telling || gathered.length > 0) await begin();
      const refused = refusal;
      refusal = undefined;
      if (refused) throw refused.error;
    },
  };
}

/** Makes one of those that follow each other without a gap. */
function joined(spans: readonly Span[]): Span[] {
  const all: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.first - b.first)) {
    const before = all.at(-1);
    if (before && span.first <= before.last + 1) before.last = Math.max(before.last, span.last);
    else all.push({ ...span });
  }
  return all;
}
