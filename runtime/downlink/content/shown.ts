import type { Cancel, Clock } from '../../../drivers/ports.js';
import type { Kept } from '../../kept.js';
import { isoTime } from '../../view.js';
import type { Gate } from '../gate.js';
import type { Order } from '../order.js';
import { Refusal } from '../refusal.js';
import type { TrustedTime } from '../trusted-time.js';
import { type ContentKind, contentKinds, type Item, type KeptContent, keptContentSchema } from './kinds.js';

/** What the city has sent of one kind, in times of ISO 8601. */
export interface Sent<Body> {
  issued: string;
  expires: string;
  /** Name of the key that vouches for it; null where none does. */
  signedBy: string | null;
  body: Body;
}

/** What the city has sent and may be shown; null where there is nothing of a kind. */
export type CityContent = {
  [Kind in ContentKind]: Sent<NonNullable<KeptContent[Kind]>['body']> | null;
};

/** What stands on the screen and was not sensed here. */
export interface ShownContent {
  /** What may be shown right now. */
  now(): CityContent;
  /**
   * Puts something in the place of what was there of its kind. Rejects with a Refusal where its body is not as it must
   * be, and with DOWNLINK_UNKEPT where it is shown but a restart would forget it.
   */
  put(order: Order, kind: ContentKind): Promise<void>;
  /** Whether it is what is there of its kind; the broker tells what it retains again and again. */
  has(order: Order, kind: ContentKind): boolean;
  /** Whether there is nothing of its kind that is as new, as after a power cut that took it before it was kept. */
  lacks(order: Order, kind: ContentKind): boolean;
  /** From now on what expires is told. */
  start(): void;
  stop(): Promise<void>;
}

export interface ShownContentParts {
  kept: Kept<KeptContent>;
  gate: Pick<Gate, 'trusts'>;
  time: TrustedTime;
  clock: Clock;
  /** Something has come, or expired. */
  onChange(content: CityContent): void;
}

/** How often it is looked for what has expired, in ms. */
const period = 1_000;

export function shownContent({ kept, gate, time, clock, onChange }: ShownContentParts): ShownContent {
  const startedAt = clock.monotonic();
  const arrived = new Map<string, number>();
  let told = JSON.stringify(now());
  let cancel: Cancel = () => {};

  async function put({ key, id, issued, expires, body }: Order, kind: ContentKind): Promise<void> {
    const next = { ...kept.value(), [kind]: { id, key, issued, expires, body } };
    const parsed = keptContentSchema.safeParse(next);
    if (!parsed.success) {
      const keys = parsed.error.issues.slice(0, 5).map(({ path }) => path.slice(1).join('.'));
      throw new Refusal('invalid', `Not as they must be: ${keys.join(', ')}.`);
    }
    arrived.set(kind, clock.monotonic());
    const keeping = kept.put(parsed.data, contentKinds[kind].within);
    look();
    await keeping;
  }

  function look(): void {
    const content = now();
    const text = JSON.stringify(content);
    if (text === told) return;
    told = text;
    onChange(content);
  }

  function lookOn(): void {
    look();
    cancel = clock.after(period, lookOn);
  }

  /**
   * Nothing is shown beyond `expires`, nor, as the wall time may be wrong, for longer than it was ever to hold, counted
   * from when it came.
   */
  function holds(kind: ContentKind, { key, issued, expires }: Item<unknown>): boolean {
    if (expires <= time.atLeast() || !gate.trusts(kind, key)) return false;
    const since = arrived.get(kind) ?? startedAt;
    if (clock.monotonic() - since >= expires - issued) return false;
    return arrived.has(kind) || time.known() !== undefined || contentKinds[kind].withoutTime === 'show';
  }

  function show<Body>(kind: ContentKind, item: Item<Body> | undefined): Sent<Body> | null {
    if (!item || !holds(kind, item)) return null;
    const { issued, expires, key, body } = item;
    return { issued: isoTime(issued), expires: isoTime(expires), signedBy: key, body };
  }

  function now(): CityContent {
    const { arrivals, routes, notices, air, emergency } = kept.value();
    return {
      arrivals: show('arrivals', arrivals),
      routes: show('routes', routes),
      notices: show('notices', notices),
      air: show('air', air),
      emergency: show('emergency', emergency),
    };
  }

  return {
    now,
    put,
    has({ key, id }, kind) {
      const item = kept.value()[kind];
      return item?.id === id && item.key === key;
    },
    lacks({ issued }, kind) {
      const item = kept.value()[kind];
      return !item || item.issued < issued;
    },
    start: lookOn,
    async stop() {
      cancel();
      await kept.flush();
    },
  };
}
