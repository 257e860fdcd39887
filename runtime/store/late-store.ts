import { ShelterError } from '../../config/errors.js';
import type { Clock } from '../../drivers/ports.js';
import type { Backoff } from '../backoff.js';
import { type Condition, failing } from '../ingest/condition.js';
import type { Problem } from '../problem.js';
import type { Reading, ShelterEvent } from '../reading.js';
import { pause } from '../waiting.js';
import { type Pending, pendingRows } from './pending.js';
import type { Store } from './port.js';

/** A store that may not be there yet: what comes before it waits, and is the first that it commits. */
export interface LateStore {
  append(readings: readonly Reading[]): void;
  /** As a store does. Whoever does not wait for it needs not care either. */
  record(event: ShelterEvent): Promise<number>;
  /** The store, once it is open. */
  current(): Store | undefined;
  condition(): Condition;
  /** The rows that are not committed yet. */
  waiting: Pick<Pending, 'size' | 'dropped'>;
  /** Tries to open it, again and again where that fails; resolves after the first try. */
  start(): Promise<void>;
  /** Commits what waits and closes. Rejects (STORE_UNUSABLE) where rows were lost by that. */
  stop(): Promise<void>;
}

export interface LateStoreParts {
  /** Opens a store that takes over the rows that wait. Rejects with STORE_UNUSABLE. */
  open(waiting: Pending): Promise<Store>;
  onOpen(store: Store): void;
  /** Called for each failed try. */
  onFailure(error: unknown): void;
  clock: Clock;
  backoff: Backoff;
}

/** A database that cannot be opened must not stop the sensing: a bounded memory stands in for it meanwhile. */
export function lateStore({ open, onOpen, onFailure, clock, backoff }: LateStoreParts): LateStore {
  const waiting = pendingRows();
  let condition: Condition = { state: 'starting' };
  let store: Store | undefined;
  let stopped = false;
  let tellStop: () => void = () => {};
  const stopping = new Promise<void>((resolve) => {
    tellStop = resolve;
  });

  async function tryOnce(): Promise<void> {
    try {
      store = await open(waiting);
    } catch (error) {
      condition = failing(error, clock.now(), condition);
      onFailure(error);
      return;
    }
    condition = { state: 'ok' };
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
      if (store) store.append(readings);
      else waiting.addReadings(readings);
    },
    record(event) {
      const stored = store ? store.record(event) : waiting.addEvent(event);
      // An event that will never be committed is told by the store's own status and by its close.
      stored.catch(() => {});
      return stored;
    },
    current: () => store,
    condition: () => condition,
    waiting,
    async start() {
      await tryOnce();
      void tryAgain();
    },
    async stop() {
      stopped = true;
      tellStop();
      await store?.close();
      const rows = waiting.size();
      if (rows > 0 && condition.state === 'failing') throw neverOpened(rows, condition.problem);
    },
  };
}

function neverOpened(rows: number, { code, message, hint }: Problem): ShelterError {
  return new ShelterError(code, `${rows} rows are lost, as the database was never opened. ${message}`, {
    hint,
  });
}
