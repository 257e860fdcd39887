import type { Clock } from '../../drivers/ports.js';
import type { LedgerPage } from '../../runtime/api/contract.js';
import type { Commit, Log } from '../../runtime/store/port.js';
import { createReconciler, type Reconciliation } from '../../simulators/reconciler.js';
import type { Card } from './card.js';
import { device } from './field.js';
import type { TimedRow } from './rows.js';

/** Hears what every end says, and brings it before the reconciler. */
export interface Witness {
  /** A shelter was told that rows are committed. */
  told(commit: Commit): void;
  /** This lay on the card. */
  saw(card: Card): void;
  /** This arrived in the city. */
  received(row: TimedRow): void;
  /** The shelter has this on record. */
  ledger(entry: LedgerPage['entries'][number]): void;
  /** Resolves when a reading arrives that was taken after a moment. @param time wall time in ms */
  readingSince(time: number): Promise<void>;
  account(): Account;
}

export interface Account {
  reconciliation: Reconciliation;
  /** Rows of which a shelter was told that they are committed, before it was killed. */
  promised: number;
  /** Databases that there were: a second one means that the first was given up. */
  epochs: number;
}

const logs: readonly Log[] = ['readings', 'events'];

export function createWitness(clock: Pick<Clock, 'now'>): Witness {
  const reconciler = createReconciler();
  const epochs = new Set<string>();
  let promised = 0;
  let heard: Commit[] = [];
  let waiting: { time: number; resolve: () => void }[] = [];

  /** A promise names its rows by their seqs alone; the card tells the epoch. */
  function believe(epoch: string): void {
    for (const { last, ...counts } of heard) {
      for (const log of logs) {
        const count = counts[log];
        reconciler.promised({ device, epoch, log, first: last[log] - count + 1, last: last[log] });
        promised += count;
      }
    }
    heard = [];
  }

  return {
    told: (commit) => void heard.push(commit),
    saw({ epoch, rows }) {
      epochs.add(epoch);
      believe(epoch);
      for (const { time, ...row } of rows) reconciler.committed(row);
    },
    received({ time, ...row }) {
      reconciler.received(row, clock.now() - time);
      if (row.log !== 'readings') return;
      for (const each of waiting) if (time > each.time) each.resolve();
      waiting = waiting.filter((each) => time <= each.time);
    },
    ledger({ log, first, last, what }) {
      for (const epoch of epochs) reconciler.explained({ device, epoch, log, first, last }, what);
    },
    readingSince: (time) => new Promise((resolve) => waiting.push({ time, resolve })),
    account: () => ({ reconciliation: reconciler.reconcile(), promised, epochs: epochs.size }),
  };
}
