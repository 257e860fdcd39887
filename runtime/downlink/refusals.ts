import type { Clock } from '../../drivers/ports.js';
import type { Kind } from './kinds.js';
import type { Refusal, RefusalReason } from './refusal.js';

/** What was refused. All of it is counted; of a flood only a little is told, as each event costs the card a write. */
export interface Refusals {
  take(refusal: Refusal, kind: Kind): void;
  counts(): Readonly<Partial<Record<RefusalReason, number>>>;
}

/** A refusal, and how many of its kind and reason there were since the last that was told. */
export type TellRefusal = (refusal: Refusal, kind: Kind, times: number) => void;

/** The shortest time, in ms, between two that are told of the same kind and reason. */
const between = 60_000;

export function countRefusals(clock: Clock, tell: TellRefusal): Refusals {
  const counts: Partial<Record<RefusalReason, number>> = {};
  const untold = new Map<string, { times: number; quietUntil: number }>();
  return {
    take(refusal, kind) {
      const { reason } = refusal;
      counts[reason] = (counts[reason] ?? 0) + 1;
      const name = `${kind} ${reason}`;
      const now = clock.monotonic();
      const before = untold.get(name) ?? { times: 0, quietUntil: now };
      const times = before.times + 1;
      if (now < before.quietUntil) {
        untold.set(name, { ...before, times });
        return;
      }
      untold.set(name, { times: 0, quietUntil: now + between });
      tell(refusal, kind, times);
    },
    counts: () => ({ ...counts }),
  };
}
