import type { Quality } from '../../config/catalogue/quality.js';
import type { ShelterError } from '../../config/errors.js';
import type { Reading, ShelterEvent, StoredEvent, StoredReading } from '../reading.js';

/** What the runtime asks of a store. Nothing here waits on the event loop for the card. */
export interface Store {
  /** Drawn when the database was made; with the device's id and a seq it names a reading for ever. */
  readonly epoch: string;
  /**
   * Takes readings for the next group commit, which comes within the commit interval. Never throws: where the card
   * refuses, they wait and are tried again, and only beyond a bound are the oldest dropped, and counted.
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
  /** The oldest rows of a log that the uplink has not settled, in order; empty where there are none. */
  lease<L extends Log>(uplink: string, log: L, most: number): Promise<Lease<L>>;
  /** Moves the uplink's cursor over all rows up to and including `seq`; never backwards. */
  settle(uplink: string, log: Log, seq: number): Promise<void>;
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
 * One reading, or the mean of those in a span that were not flagged fail or missing. A span that has only such is a
 * point without a value, and a span without any reading is no point: a fault and a silence look different.
 */
export interface HistoryPoint {
  /** Of the reading, or the start of the span. */
  time: number;
  value: number | null;
  /** Of the reading, or the worst that went into the mean; where none did, the worst of the span. */
  quality: Quality;
  /** How many readings went into it. */
  count: number;
}

export interface StoreStatus {
  epoch: string;
  file: string;
  /** Size of database and WAL. */
  bytes: number;
  /** Greatest committed seq of each log; 0 where there is none. */
  last: Record<Log, number>;
  /** Per uplink and log, how many rows wait to be sent. */
  waiting: Record<string, Record<Log, number>>;
  /** Rows taken but not committed yet. */
  uncommitted: number;
  /** Rows given up before they were committed, since the store was opened. */
  dropped: Record<Log, number>;
  /** Why nothing can be committed at present, and since when (wall time in ms); null where all is well. */
  problem: { error: ShelterError; since: number } | null;
}
