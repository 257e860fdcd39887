import type { Clock } from '../../drivers/ports.js';
import type { Backoff } from '../backoff.js';
import { type Condition, failing } from '../ingest/condition.js';
import type { Reading, ShelterEvent } from '../reading.js';
import { pause } from '../waiting.js';
import type { Store } from './port.js';

/** A store that may not be there yet: what comes before it is held, and handed over when it opens. */
export interface LateStore {
  append(readings: readonly Reading[]): void;
  record(event: ShelterEvent): void;
  /** The store, once it is open. */
  current(): Store | undefined;
  condition(): Condition;
  /** Tries to open it, again and again where that fails; resolves after the first try. */
  start(): Promise<void>;
  /** Commits what is held and closes. Rejects (STORE_UNUSABLE) where rows were lost by that. */
  stop(): Promise<void>;
}

export interface LateStoreParts {
  /** Rejects with STORE_UNUSABLE. */
  open(): Promise<Store>;
  onOpen(store: Store): void;
  /** Called for each failed try, with how many readings were given up so far. */
  onFailure(error: unknown, lost: number): void;
  clock: Clock;
  backoff: Backoff;
}

/** About a day of ten streams every 10 s. */
const mostHeld = 100_000;

/** A database that cannot be opened must not stop the sensing: a bounded memory stands in for it meanwhile. */
export function lateStore({ open, onOpen, onFailure, clock, backoff }: LateStoreParts): LateStore {
  let held: Reading[] = [];
  let heldEvents: ShelterEvent[] = [];
  let lost = 0;
  let condition: Condition = { state: 'starting' };
  let store: Store | undefined;
  let stopped = false;
  let tellStop: () => void = () => {};
  const stopping = new Promise<void>((resolve) => {
    tellStop = resolve;
  });

  async function tryOnce(): Promise<void> {
    try {
      store = await open();
    } catch (error) {
      condition = failing(error, clock.now(), condition);
      onFailure(error, lost);
      return;
    }
    condition = { state: 'ok' };
    store.append(held);
    for (const event of heldEvents) keep(store, event);
    held = [];
    heldEvents = [];
    onOpen(store);
  }

  async function tryAgain(): Promise<void> {
    while (!store && !stopped) {
      await Promise.race([pause(clock, backoff.next()), stopping]);
      if (!stopped) await tryOnce();
    }
  }

  return {
    append(readings) {
      if (store) return store.append(readings);
      held.push(...readings);
      const over = Math.max(0, held.length - mostHeld);
      lost += over;
      if (over > 0) held = held.slice(over);
    },
    record(event) {
      if (store) keep(store, event);
      else heldEvents = [...heldEvents, event].slice(-1_000);
    },
    current: () => store,
    condition: () => condition,
    async start() {
      await tryOnce();
      void tryAgain();
    },
    async stop() {
      stopped = true;
      tellStop();
      await store?.close();
    },
  };
}

/** An event that will never be committed is told by the store's own status and by its close. */
function keep(store: Store, event: ShelterEvent): void {
  store.record(event).catch(() => {});
}
