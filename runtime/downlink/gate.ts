import { z } from 'zod';
import type { Kept } from '../kept.js';
import type { Kind } from './kinds.js';
import { type Addressee, type Order, openOrder, vouches } from './order.js';
import { Refusal } from './refusal.js';
import type { TrustedTime } from './trusted-time.js';

/**
 * Where every message from upstream is judged: who says it, to whom, when, and whether it was said before.
 *
 * An order holds from `iat` to `exp`, and its `seq` is greater than that of any order of the same key and kind that was
 * obeyed before. So one that is caught on the way can be held back until `exp`, but not said twice, whatever the
 * device's clock shows.
 *
 * A device without a synchronised clock cannot tell the time of an order. It believes one whose seq is greater all the
 * same, unless that expired before a time that has surely come: else a shelter whose network has no time server could
 * never be helped, and no emergency would reach it.
 */
export interface Gate {
  /** Throws a Refusal. */
  judge(bytes: Uint8Array, kind: Kind): Judged;
  /** From now on the order counts as obeyed. Rejects (DOWNLINK_UNKEPT) where a restart would forget it. */
  remember(order: Order, within?: number): Promise<void>;
  /** Whether what a key vouched for earlier still counts: a key that the site file no longer has vouches for nothing. */
  trusts(kind: Kind, key: string | null): boolean;
}

export interface Judged {
  order: Order;
  /** `last`: with this seq, the last of its key and kind was obeyed; `old`: a later one was. */
  standing: 'new' | 'last' | 'old';
}

/** What the gate remembers. */
export const ledgerSchema = z.object({
  /** A time that has surely come, in ms. */
  floor: z.number(),
  /** By key and kind, the greatest seq that was obeyed. */
  obeyed: z.record(z.string(), z.int()),
});

export type Ledger = z.output<typeof ledgerSchema>;

export const emptyLedger: Ledger = { floor: 0, obeyed: {} };

export interface GateParts {
  addressee: Addressee;
  time: TrustedTime;
  ledger: Kept<Ledger>;
}

/** How far, in ms, the city's clock may be ahead of the device's. */
const ahead = 300_000;

export function createGate({ addressee, time, ledger }: GateParts): Gate {
  function checkTime({ issued, expires }: Order): void {
    if (expires <= time.atLeast()) {
      throw new Refusal('expired', `It held until ${new Date(expires).toISOString()}.`);
    }
    const now = time.known();
    if (now !== undefined && issued > now + ahead) {
      const times = `${new Date(issued).toISOString()}, but it is ${new Date(now).toISOString()} here`;
      throw new Refusal('from-the-future', `It was issued at ${times}.`);
    }
  }

  return {
    judge(bytes, kind) {
      const order = openOrder(bytes, kind, addressee);
      checkTime(order);
      const obeyed = ledger.value().obeyed[nameOf(order)] ?? 0;
      return { order, standing: standingOf(order.sequence, obeyed) };
    },
    async remember(order, within) {
      if (order.key !== null) time.hasCome(order.issued);
      const { floor, obeyed } = ledger.value();
      const name = nameOf(order);
      await ledger.put(
        {
          floor: Math.max(floor, order.key === null ? 0 : order.issued),
          obeyed: { ...obeyed, [name]: Math.max(order.sequence, obeyed[name] ?? 0) },
        },
        within,
      );
    },
    trusts: (kind, key) => vouches(addressee, kind, key),
  };
}

function standingOf(sequence: number, obeyed: number): Judged['standing'] {
  if (sequence === obeyed) return 'last';
  return sequence > obeyed ? 'new' : 'old';
}

/** The one for a repeated or late order. */
export function replayed({ id, sequence }: Order): Refusal {
  return new Refusal(
    'replayed',
    `${JSON.stringify(id)} has seq ${sequence}, but that one or a later was obeyed already.`,
  );
}

function nameOf({ key, kind }: Order): string {
  return `${key ?? ''}/${kind}`;
}
