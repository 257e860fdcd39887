import type { ShelterError } from '../../config/errors.js';
import type { Clock } from '../../drivers/ports.js';

interface Row {
  seq: number;
}

/** Rows that were refused alone, and of which it is not known yet whether the broker takes any other. */
export interface Suspects<R extends Row> {
  /** Throws the reason where it is one of several in a row, as the broker then seems to refuse everything. */
  add(row: R, reason: ShelterError): void;
  /** What lies between the suspects, in order. Who has been suspect for long gets another chance. */
  between(rows: readonly R[]): R[][];
  /** These are beyond suspicion, and the broker takes rows. */
  clear(rows: readonly R[]): void;
  /** All of them, who are no longer suspect by that. */
  takeAll(): R[];
}

/** New suspects in a row, after which a pause is due. */
const patience = 3;

/** After so long, in ms, a row is no longer suspect: nobody else came by to compare it with. */
const memory = 600_000;

/** Most suspects at a time. The oldest is forgotten, and will be met again. */
const most = 100;

export function createSuspects<R extends Row>(clock: Pick<Clock, 'monotonic'>): Suspects<R> {
  const suspects = new Map<number, { row: R; since: number }>();
  let inARow = 0;
  return {
    add(row, reason) {
      if (suspects.has(row.seq)) return;
      suspects.set(row.seq, { row, since: clock.monotonic() });
      const [oldest] = suspects.keys();
      if (suspects.size > most && oldest !== undefined) suspects.delete(oldest);
      inARow++;
      if (inARow < patience) return;
      inARow = 0;
      throw reason;
    },
    between(rows) {
      for (const [seq, { since }] of suspects) if (clock.monotonic() - since >= memory) suspects.delete(seq);
      const runs: R[][] = [[]];
      for (const row of rows) {
        if (suspects.has(row.seq)) runs.push([]);
        else runs.at(-1)?.push(row);
      }
      return runs.filter((run) => run.length > 0);
    },
    clear(rows) {
      inARow = 0;
      for (const { seq } of rows) suspects.delete(seq);
    },
    takeAll() {
      const all = [...suspects.values()].map(({ row }) => row);
      suspects.clear();
      return all;
    },
  };
}
