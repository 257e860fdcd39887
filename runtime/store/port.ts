import type { Quality } from '../../config/catalogue/quality.js';
import type { ShelterError, ShelterErrorCode } from '../../config/errors.js';
import type { Reading, ShelterEvent, StoredEvent, StoredReading } from '../reading.js';

/** What the runtime asks of a store. Nothing here waits on the event loop for the card. */
export interface Store {
  /** Drawn when the database was made; with the device's id and a seq it names a reading for ever. */
  readonly epoch: string;
  /**
   * Takes readings for the next group commit, which comes within the commit interval. Never throws: where the card
   * refuses, they wait and are tried again, and only beyond a bound are the oldest dropped; the next commit puts on
   * record how many, and gives them seqs that no row will have.
   */
  append(readings: readonly Reading[]): void;
  /**
   * Commits an event at once, with all readings that wait; resolves to its seq, after as many tries as the card needs.
   * Rejects (STORE_UNUSABLE) only where the event will never be committed.
   */
  record(event: ShelterEvent): Promise<number>;
  /** Commits what waits. Rejects (STORE_UNUSABLE) where that fails now; what waits is tried again all the same. */
  flush(): Promise<void>;
  history(query: HistoryQuery): Promise<HistoryPoint[]>;
  /** What was thinned, dropped or lost, the newest first. */
  ledger(query: LedgerQuery): Promise<LedgerEntry[]>;
  /** The oldest rows of a span that the uplink has not settled, in order; empty where there are none. */
  lease<L extends Log>(uplink: string, log: L, most: number, span?: Span): Promise<Lease<L>>;
  /** The uplink is done with all rows of a span; those before and after it go on waiting. */
  settle(uplink: string, log: Log, span: Span): Promise<void>;
  /** Settles one row that the uplink cannot send, and keeps a copy of it aside; false where it lies there already. */
  quarantine(uplink: string, log: Log, seq: number, why: Refusal): Promise<boolean>;
  /** The first rows of a span, settled or not. */
  read<L extends Log>(log: L, span: Span, most: number): Promise<Logs[L][]>;
  /** Called after each commit. */
  onCommit(listener: (commit: Commit) => void): () => void;
  status(): Promise<StoreStatus>;
  /** Commits what waits and closes the file. Rejects (STORE_UNUSABLE) where rows were lost by that. */
  close(): Promise<void>;
}

export interface Logs {
  readings: StoredReading;
  events: StoredEvent;
}

export type Log = keyof Logs;

export interface Lease<L extends Log> {
  log: L;
  rows: Logs[L][];
}

/** Part of a log. Both ends belong to it; it need not have rows. */
export interface Span {
  first: number;
  last: number;
}

/** All of a log. */
export const everything: Span = { first: 1, last: Number.MAX_SAFE_INTEGER };

/** Why a row could not be sent. */
export interface Refusal {
  code: ShelterErrorCode;
  reason: string;
  /** Wall time in ms. */
  time: number;
}

export interface Commit {
  /** Rows in this commit. */
  readings: number;
  events: number;
  /** Greatest seq of each log with this commit; 0 where there is none. */
  last: Record<Log, number>;
  /** How long the transaction took, in ms, fsync included. */
  took: number;
}

export interface HistoryQuery {
  /** Stream id: `sensor/property`. */
  stream: string;
  /** Wall times in ms, `from` included, `to` excluded. */
  from: number;
  to: number;
  /** Most points to return; the newest are kept. */
  most: number;
  /** Width of a mean in ms, aligned to 1970; absent for single readings. */
  every?: number;
}

/**
 * One reading, or the mean of those in a span with the best flag that any of them has: of what passed, else of what
 * was not evaluated, else of what is suspect. What failed or is missing never counts; a span that has only such is a
 * point without a value, and a span without any reading is no point: a fault and a silence look different.
 *
 * Who doubted a reading and how it was made is told of single ones alone.
 *
 * While the clock has not been synchronised, the readings of this run lie where it says, and are marked. Those of
 * earlier runs of which nobody knows the time are not in history.
 */
export interface HistoryPoint extends Pick<Reading, 'doubts' | 'calibration' | 'correction' | 'calibrated'> {
  /** Of the reading, or the start of the span. */
  time: number;
  value: number | null;
  /** Of the reading, or of all that went into the mean; where none did, the worst of the span. */
  quality: Quality;
  /** How many readings went into it. */
  count: number;
  /** Present where its time is not to be believed, or that of a reading that went into it. */
  unsynchronised?: true;
}

/** What became of rows that are not there any more as they were. A seq that is missing without a word here is a gap. */
export interface LedgerEntry {
  /** Later entries have greater ones. */
  id: number;
  log: Log;
  /**
   * `thinned`: means stand for them. `dropped`: there was no room. `released`: every uplink had them. `damaged`: their
   * bytes were not what was written. `skipped`: seqs that were never given, or whose rows were lost before they had
   * reached the file, in an unclean end; nobody can tell any more.
   */
  what: 'thinned' | 'dropped' | 'released' | 'damaged' | 'skipped';
  /** Of the means, in ms; otherwise 0. */
  width: number;
  /** The seqs that it is about: all that were there between these. */
  first: number;
  last: number;
  /** The wall times, in ms, between which the rows lay; null where that is not known. */
  least: number | null;
  greatest: number | null;
  /** Rows before and after. */
  before: number;
  after: number;
  /** Wall time, in ms, when it happened; null where the clock had not been synchronised. */
  time: number | null;
  /** Up to where each uplink had settled the log then. */
  cursors: Record<string, number>;
}

export interface LedgerQuery {
  most: number;
  /** The id of an entry that is older than all to give; absent for the newest. */
  before?: number;
}

/** What became of a database that was found damaged. */
export interface Salvage {
  /** Wall time in ms. */
  time: number;
  /** Where the damaged file is now. */
  file: string;
  /** Of each log, the rows that are there again. */
  kept: Record<Log, number>;
  /** Of each log, the rows that are missing among them. Those after the last one are among the skipped. */
  lost: Record<Log, number>;
  /** Pages of the file that were damaged. */
  pages: number;
  /** False where its name was lost, and a new epoch was drawn. */
  sameEpoch: boolean;
  /** How long it took, in ms. */
  took: number;
}

export interface StoreStatus {
  epoch: string;
  file: string;
  /** Size of database and WAL. */
  bytes: number;
  /** How many rows are gone for ever, by what became of them; also those that were dropped before they had a seq. */
  gone: Record<Exclude<LedgerEntry['what'], 'skipped'>, number>;
  /** Greatest committed seq of each log; 0 where there is none. */
  last: Record<Log, number>;
  /** Per uplink and log, how many rows wait to be sent. */
  waiting: Record<string, Record<Log, number>>;
  /** Per uplink and log, how many rows lie in quarantine. */
  quarantined: Record<string, Record<Log, number>>;
  /** Rows taken but not committed yet. */
  uncommitted: number;
  /** The last time in this run that the database was found damaged; null where it never was. */
  salvaged: Salvage | null;
  /** Why nothing can be committed at present, and since when (wall time in ms); null where all is well. */
  problem: { error: ShelterError; since: number } | null;
}
