import { statSync } from 'node:fs';
import type { Clock } from '../../drivers/ports.js';
import type { Reading, ShelterEvent } from '../reading.js';
import { type Boot, bootId } from './boots.js';
import { type Connection, connect, type Identity } from './connection.js';
import { cursorTable } from './cursors.js';
import { gather, type PastReading } from './history.js';
import { eventsTable, type LogTable, readingsTable } from './logs.js';
import type { Commit, HistoryPoint, HistoryQuery, Lease, Log, Logs, StoreStatus } from './port.js';
import { unusable } from './problems.js';
import { streamTable } from './streams.js';
import { timeIndex } from './time-index.js';

/** The store as it is on disk. Every call does its work before it returns, and throws STORE_UNUSABLE where it cannot. */
export interface Database {
  /** All of a batch or nothing of it. A batch that is there already is not committed again. */
  commit(batch: Batch): Commit;
  history(query: HistoryQuery): HistoryPoint[];
  lease<L extends Log>(uplink: string, log: L, most: number): Lease<L>;
  settle(uplink: string, log: Log, seq: number): void;
  status(): DatabaseStatus;
  close(): void;
}

/** Rows for one transaction. */
export interface Batch {
  readings: readonly Reading[];
  events: readonly ShelterEvent[];
  /** The last seq of each log that this boot knows as committed: its own rows after it are those of this batch. */
  after: Record<Log, number>;
}

export type DatabaseStatus = Pick<StoreStatus, 'epoch' | 'file' | 'bytes' | 'last' | 'waiting'>;

export interface DatabaseOptions extends Identity {
  file: string;
  boot: Boot;
}

/** Opens or makes the database. Throws (STORE_UNUSABLE) where that cannot be. */
export function openDatabase({ file, boot, ...identity }: DatabaseOptions, clock: Ticks): Database {
  return databaseOn(connect(file, identity), boot, clock);
}

type Ticks = Pick<Clock, 'monotonic'>;

export function databaseOn({ sqlite, file, epoch }: Connection, thisBoot: Boot, clock: Ticks): Database {
  const boot = bootId(sqlite, thisBoot);
  const streams = streamTable(sqlite);
  const logs = { readings: readingsTable(sqlite, streams), events: eventsTable(sqlite) };
  const index = timeIndex(sqlite);
  const cursors = cursorTable(sqlite);
  const past = sqlite.prepare<[number, number, number, number, number], PastReading>(
    `SELECT seq, time, value, quality FROM readings
     WHERE seq BETWEEN ? AND ? AND stream = ? AND time >= ? AND time < ?`,
  );

  const commit = sqlite.transaction(({ readings, events, after }: Batch): Record<Log, number> => {
    const id = boot.get();
    const there = {
      readings: logs.readings.lastOf(id, after.readings),
      events: logs.events.lastOf(id, after.events),
    };
    if (there.readings === undefined && there.events === undefined) {
      addAll(logs.readings, id, readings);
      addAll(logs.events, id, events);
      index.extend(logs.readings.last());
    }
    return { readings: there.readings ?? logs.readings.last(), events: there.events ?? logs.events.last() };
  });

  function waitingFor(uplink: string, log: Log): number {
    const last = logs[log].last();
    const first = logs[log].first() ?? last + 1;
    return last - Math.max(cursors.get(uplink, log), first - 1);
  }

  /** A cursor need not reach the card at once: where a power cut sets it back, some rows are sent twice. */
  function withoutSync(write: () => void): void {
    sqlite.pragma('synchronous = NORMAL');
    try {
      write();
    } finally {
      sqlite.pragma('synchronous = FULL');
    }
  }

  function using<T>(doing: string, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw unusable(file, doing, error);
    }
  }

  return {
    commit: (batch) =>
      using('written', () => {
        const start = clock.monotonic();
        try {
          const last = commit.immediate(batch);
          const { readings, events } = batch;
          return { readings: readings.length, events: events.length, last, took: clock.monotonic() - start };
        } catch (error) {
          boot.forget();
          streams.forget();
          throw error;
        }
      }),
    history: (query) =>
      using('read', () => {
        const stream = streams.named(query.stream);
        if (stream === undefined) return [];
        const gathering = gather(query);
        for (const { first, last, greatest } of index.spans(query.from, query.to)) {
          if (greatest < gathering.horizon()) break;
          for (const row of past.iterate(first, last, stream, query.from, query.to)) gathering.add(row);
        }
        return gathering.points();
      }),
    lease: <L extends Log>(uplink: string, log: L, most: number) =>
      using('read', () => {
        const rows = logs[log].after(cursors.get(uplink, log), most) as Logs[L][];
        return { log, rows };
      }),
    settle: (uplink, log, seq) =>
      using('written', () => {
        const there = Math.min(seq, logs[log].last());
        withoutSync(() => cursors.move(uplink, log, there));
      }),
    status: () =>
      using('read', () => ({
        epoch,
        file,
        bytes: sizeOf(file) + sizeOf(`${file}-wal`),
        last: { readings: logs.readings.last(), events: logs.events.last() },
        waiting: Object.fromEntries(
          [...cursors.uplinks()].map((uplink) => [
            uplink,
            { readings: waitingFor(uplink, 'readings'), events: waitingFor(uplink, 'events') },
          ]),
        ),
      })),
    close: () => using('closed', () => void sqlite.close()),
  };
}

function addAll<Row>(log: LogTable<Row, unknown>, boot: number, rows: readonly Row[]): void {
  let seq = log.last();
  for (const row of rows) log.insert(++seq, boot, row);
}

/** @returns bytes; 0 where the file is not there, as a WAL after it went back into the database */
function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
