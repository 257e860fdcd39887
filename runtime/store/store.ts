import { randomBytes, randomUUID } from 'node:crypto';
import { ShelterError } from '../../config/errors.js';
import type { Clock } from '../../drivers/ports.js';
import type { Moment } from '../ingest/pipeline.js';
import { within } from '../waiting.js';
import { savingFor } from './cursors.js';
import type { DatabaseOptions, DatabaseStatus } from './database.js';
import { groupCommit } from './group-commit.js';
import type { Limits } from './limits.js';
import { databaseLink, type Link } from './link.js';
import { type Pending, pendingRows } from './pending.js';
import {
  type Commit,
  everything,
  type Lease,
  type Log,
  type Logs,
  type Salvage,
  type Span,
  type Store,
  type StoreStatus,
} from './port.js';
import { silent, unusable } from './problems.js';
import { holdForTime, stamped } from './stamping.js';
import { databaseThread, type Thread } from './thread.js';

const patience = {
  /** How long, in ms, readings whose time is not known yet are kept back from the first uplink that asks for them. */
  time: 600_000,
  /** How long, in ms, who asks for the figures waits for a slow card, or for a salvage, before the last ones do. */
  answer: 2_000,
};

export interface StoreOptions {
  /** The SQLite database; it and its folder are made where missing. */
  file: string;
  /** Whose readings these are: the site's id. */
  device: string;
  /** The longest, in ms, that a reading waits for its commit to begin. */
  commitInterval: number;
  clock: Clock;
  /** How much is kept; by default 512 MB, and 30 days of what was sent. */
  limits?: Limits;
  /**
   * A moment of this run whose wall time is believed; undefined while none is. Readings from before it are stamped by
   * it, also those that are committed already. Without this, every wall time is believed.
   */
  anchor?: () => Moment | undefined;
  /** Names this run of the program, as monotonic times start anew in the next; by default drawn. */
  boot?: string;
  /** Is told of each time that the database was found damaged. */
  onSalvage?: (salvage: Salvage) => void;
  /** Rows that wait already; by default none do. */
  waiting?: Pending;
  /** Starts a thread that serves the database. */
  startThread?: (options: DatabaseOptions) => Thread;
}

/** Opens the store, whose database has a thread of its own. Rejects (STORE_UNUSABLE) where it cannot be opened. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { file, device, commitInterval, clock, limits } = options;
  const { boot = randomUUID(), startThread = databaseThread, onSalvage = () => {}, anchor } = options;
  const database: DatabaseOptions = {
    file,
    device,
    epoch: randomBytes(8).toString('hex'),
    boot: {
      name: boot,
      time: clock.now(),
      monotonic: clock.monotonic(),
      ...(anchor && !anchor() && { unsynchronised: true }),
    },
    ...(limits && { limits }),
    saving: savingFor(commitInterval),
  };
  const pending = options.waiting ?? pendingRows();
  const link = databaseLink(() => startThread(database), onSalvage);
  let figures: DatabaseStatus = await link.call('status');
  const { epoch } = figures;
  pending.follow(figures.last);
  const listeners = new Set<(commit: Commit) => void>();
  let problem: StoreStatus['problem'] = null;
  let closing: Promise<void> | undefined;

  const hold = holdForTime(clock, patience.time);

  const commits = groupCommit({
    clock,
    interval: commitInterval,
    waits: () => pending.size() > 0,
    commit: commitGroup,
  });

  async function commitGroup(): Promise<void> {
    pending.seal();
    try {
      for (let batch = pending.next(); batch; batch = pending.next()) {
        const moment = anchor?.();
        const commit = await link.call('commit', moment ? stamped(batch, moment) : batch);
        pending.confirm(commit.last);
        figures = { ...figures, last: commit.last };
        problem = null;
        for (const listener of listeners) queueMicrotask(() => listener(commit));
      }
    } catch (error) {
      problem = asProblem(error);
      throw problem.error;
    }
  }

  function asProblem(error: unknown): NonNullable<StoreStatus['problem']> {
    return { error: unusable(file, 'used', error), since: problem?.since ?? clock.now() };
  }

  /** The database, while the store is open. */
  function open(): Link {
    if (closing) throw new ShelterError('STORE_UNUSABLE', `The database ${file} is closed.`);
    return link;
  }

  async function commitAndClose(): Promise<void> {
    commits.stop();
    try {
      await commits.now();
    } catch (error) {
      const { error: reason } = asProblem(error);
      const message = `${pending.size()} rows were lost when the database was closed. ${reason.message}`;
      pending.abandon(reason);
      throw new ShelterError(reason.code, message, { cause: reason, hint: reason.hint });
    } finally {
      await link.close();
    }
  }

  if (pending.size() > 0) commits.now().catch(() => {});
  return {
    epoch,
    append(readings) {
      if (closing || readings.length === 0) return;
      pending.addReadings(readings);
      commits.rowsWait();
    },
    async record(event) {
      open();
      const stored = pending.addEvent(event);
      commits.now().catch(() => {});
      return stored;
    },
    async flush() {
      open();
      await commits.now();
    },
    history: async (query) => open().call('history', query),
    ledger: async (query) => open().call('ledger', query),
    lease: async <L extends Log>(uplink: string, log: L, most: number, span = everything) =>
      (await open().call('lease', uplink, log, most, span, hold.release())) as Lease<L>,
    settle: async (uplink, log, span) => open().call('settle', uplink, log, span),
    quarantine: async (uplink, log, seq, why) => open().call('quarantine', uplink, log, seq, why),
    read: async <L extends Log>(log: L, span: Span, most: number) =>
      (await open().call('read', log, span, most)) as Logs[L][],
    onCommit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async status() {
      let current = problem;
      try {
        figures = await within(clock, patience.answer, open().call('status'), () => silent(file));
      } catch (error) {
        current ??= asProblem(error);
      }
      const { readings, events } = pending.dropped();
      const gone = { ...figures.gone, dropped: figures.gone.dropped + readings + events };
      return { ...figures, gone, uncommitted: pending.size(), problem: current };
    },
    close() {
      closing ??= commitAndClose();
      return closing;
    },
  };
}
