import type { Cursors } from './cursors.js';
import type { Facts } from './gone.js';
import type { Damaged, Packs } from './packs.js';
import type { LedgerEntry, Span } from './port.js';
import type { IsMarked } from './readings-log.js';
import type { Rollups } from './rollups.js';
import type { BootRow, Run, Runs } from './runs.js';
import { thin } from './thinning.js';
import { unsettled } from './unsettled.js';

/** Widths of the means, in ms, that rows are thinned to one after the other when room is short. */
const widths = [60_000, 600_000] as const;

/** Rows that one step takes, about: a commit that comes meanwhile should not wait long. */
const ROWS = 5_000;

/** Runs that one step gives up, at most: they need not be read. */
const RUNS = 10;

/** How far a step looks for runs that it may take. */
const SOUGHT = 50;

export interface RetentionParts {
  packs: Packs;
  runs: Runs;
  rollups: Pick<Rollups, 'upTo'>;
  cursors: Pick<Cursors, 'get' | 'beyond' | 'uplinks'>;
  isMarked: IsMarked;
  /** A wall time, in ms, that was after a boot's end; undefined where none is known. */
  endedBy: (boot: number) => number | undefined;
  /** What was leased and may be on its way. */
  underWay: () => readonly Span[];
  /** What of a span of readings the ledger does not speak of. */
  unexplained: (span: Span) => Span[];
  /** How long, in ms, rows are kept that every uplink has. */
  keep: number;
  /** Puts on record what was done. */
  note: (facts: Facts) => void;
}

/** Makes room, in small steps. Each of them does one thing and says whether there was something to do. */
export interface Retention {
  /** Takes away what every uplink has and nobody looks at any more. */
  releaseOld(): boolean;
  /** Takes away the oldest that every uplink has. */
  release(): boolean;
  /** Puts means in the place of the oldest rows that wait. */
  thin(): boolean;
  /** Takes away the oldest rows, whether they wait or not. */
  drop(): boolean;
  /** Takes away packs that cannot be read. */
  clear(): boolean;
}

export function retention(parts: RetentionParts): Retention {
  const { packs, runs, rollups, cursors, isMarked, endedBy, underWay, unexplained, keep, note } = parts;

  /** What of a run waits to be sent, for each uplink. */
  function waiting({ first, last }: Run): Span[][] {
    const uplinks = [...cursors.uplinks()];
    return uplinks.map((uplink) =>
      unsettled({ first, last }, cursors.get(uplink, 'readings'), cursors.beyond(uplink, 'readings')),
    );
  }

  function isSettled(run: Run): boolean {
    const gaps = waiting(run);
    return gaps.length > 0 && gaps.every(({ length }) => length === 0);
  }

  /** A mean of rows of which an uplink has some would tell it these twice. */
  function isSentInPart(run: Run): boolean {
    const isWhole = (gap: Span) => gap.first === run.first && gap.last === run.last;
    const mayBeSent = underWay().some(({ first, last }) => first <= run.last && run.first <= last);
    return mayBeSent || !waiting(run).every((gaps) => gaps.every(isWhole));
  }

  const isRolledUp = (run: Run) => run.last <= rollups.upTo();

  function settledRuns(): Run[] {
    const oldest = runs.within(everywhere, RUNS).filter(isSettled);
    if (oldest.length > 0) return oldest;
    const [uplink] = cursors.uplinks();
    const beyond = uplink === undefined ? [] : cursors.beyond(uplink, 'readings');
    return beyond.flatMap((span) => runs.within(span, RUNS)).filter(isSettled);
  }

  /** Puts other rows, or none, in the place of runs that follow each other. */
  function replace(what: LedgerEntry['what'], taken: readonly Run[], rows: BootRow[], width: number): void {
    const span = spanOf(taken);
    const before = taken.reduce((sum, { count }) => sum + count, 0);
    const times = taken.every(isDated) ? timesOf(taken) : notKnown;
    runs.replace(span, rows, width);
    note({ log: 'readings', what, width, ...span, ...times, before, after: rows.length });
  }

  /** The boot that a seq belongs to, where its wall times are not believed. */
  function markedBootAt(seq: number): number | undefined {
    const [pack] = packs.of({ first: seq, last: seq });
    return pack && isMarked(pack.boot, pack.seq) ? pack.boot : undefined;
  }

  function isDated({ first, last }: Run): boolean {
    return markedBootAt(first) === undefined && markedBootAt(last) === undefined;
  }

  /** When the newest of a run was taken, at the latest. */
  function takenBy({ last, greatest }: Run): number {
    const boot = markedBootAt(last);
    return boot === undefined ? greatest : (endedBy(boot) ?? Number.POSITIVE_INFINITY);
  }

  /** What has gone with a pack that cannot be read. What it says of itself may be wrong, too. */
  function lostWith({ seq, width, count }: Damaged): (Span & { before: number })[] {
    const span = { first: packs.lastBefore(seq) + 1, last: seq };
    if (width === 0) return unexplained(span).map((each) => ({ ...each, before: sizeOf(each) }));
    // That single readings gave way to means is on record; that the means are gone is not.
    return [{ ...span, before: Math.max(1, Math.min(count, sizeOf(span))) }];
  }

  function releaseRuns(taken: readonly Run[]): boolean {
    if (taken.length === 0) return false;
    replace('released', taken, [], 0);
    return true;
  }

  return {
    releaseOld() {
      const horizon = (runs.newestTime() ?? 0) - keep;
      const oldest = runs.within(everywhere, RUNS);
      const isOver = (run: Run) => isRolledUp(run) && isSettled(run) && takenBy(run) < horizon;
      return oldest.length === RUNS && oldest.every(isOver) && releaseRuns(adjacent(oldest));
    },
    release: () => releaseRuns(adjacent(settledRuns().filter(isRolledUp))),
    thin() {
      let from = 0;
      for (const width of widths) {
        const candidates = runs.oldest(from, SOUGHT).filter((run) => isRolledUp(run) && !isSentInPart(run));
        const taken = upTo(ROWS, adjacent(candidates));
        if (taken.length > 0) {
          replace('thinned', taken, thin(rowsOf(packs, spanOf(taken)), width), width);
          return true;
        }
        from = width;
      }
      return false;
    },
    drop() {
      const taken = runs.within(everywhere, 1).filter(isRolledUp);
      if (taken.length === 0) return false;
      replace('dropped', taken, [], 0);
      return true;
    },
    clear() {
      const [damaged] = packs.damaged();
      if (!damaged) return false;
      const { seq, boot, time } = damaged;
      const times = isMarked(boot, seq) ? notKnown : { least: time, greatest: time };
      for (const gone of lostWith(damaged)) {
        runs.lose(seq, gone.before);
        note({ log: 'readings', what: 'damaged', width: 0, ...gone, ...times, after: 0 });
      }
      packs.remove({ first: seq, last: seq });
      return true;
    },
  };
}

const notKnown = { least: null, greatest: null };

const everywhere: Span = { first: 0, last: Number.MAX_SAFE_INTEGER };

function sizeOf({ first, last }: Span): number {
  return last - first + 1;
}

function rowsOf(packs: Packs, span: Span): BootRow[] {
  return [...packs.of(span)].flatMap(({ rows, boot }) => rows.map((row) => ({ ...row, boot })));
}

/** Those at the beginning that follow each other without a gap. */
function adjacent(runs: readonly Run[]): Run[] {
  const gap = runs.findIndex((run, index) => index > 0 && runs[index - 1]?.last !== run.first - 1);
  return gap < 0 ? [...runs] : runs.slice(0, gap);
}

/** Those at the beginning that have so many rows together. */
function upTo(rows: number, runs: readonly Run[]): Run[] {
  let sum = 0;
  const enough = runs.findIndex(({ count }) => {
    sum += count;
    return sum >= rows;
  });
  return enough < 0 ? [...runs] : runs.slice(0, enough + 1);
}

function spanOf(runs: readonly Run[]): Span {
  return { first: runs[0]?.first ?? 0, last: runs.at(-1)?.last ?? 0 };
}

function timesOf(runs: readonly Run[]): { least: number; greatest: number } {
  return {
    least: Math.min(...runs.map(({ least }) => least)),
    greatest: Math.max(...runs.map(({ greatest }) => greatest)),
  };
}
