import type { Clock } from '../../drivers/ports.js';
import type { LedgerPage } from '../../runtime/api/contract.js';
import type { Commit, Log } from '../../runtime/store/port.js';
import type { Reconciler } from '../../simulators/reconciler.js';
import type { Card } from './card.js';
import type { TimedRow } from './rows.js';

/** Hears what a shelter and the city say of its rows, and brings it before the reconciler. */
export interface Witness {
  /** The shelter was told that rows are committed. */
  told(commit: Commit): void;
  /** This lay on the card. */
  saw(card: Card): void;
  /** This arrived in the city. */
  received(row: TimedRow): void;
  /** The shelter has this on record. */
  ledger(entry: LedgerPage['entries'][number]): void;
  /** Resolves when a reading arrives that was taken after a moment. @param time wall time in ms */
  readingSince(time: number): Promise<void>;
  /** Rows of which the shelter was told that they are committed, before it was killed. */
  promised(): number;
  /** Databases that there were: a second one means that the first was given up. */
  databases(): number;
}

export interface WitnessParts {
  device: string;
  reconciler: Reconciler;
  clock: Pick<Clock, 'now'>;
}

const logs: readonly Log[] = ['readings', 'events'];

export function createWitness({ device, reconciler, clock }: WitnessParts): Witness {
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
    promised: () => promised,
    databases: () => epochs.size,
  };
}
