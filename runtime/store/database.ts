import { statSync } from 'node:fs';
import type { Clock } from '../../drivers/ports.js';
import type { Reading, ShelterEvent, StoredEvent, StoredReading } from '../reading.js';
import { type Boot, bootTable } from './boots.js';
import { type Connection, connect } from './connection.js';
import { cursorTable } from './cursors.js';
import { eventRetention } from './event-retention.js';
import { type Facts, happeningOf } from './gone.js';
import { ledgerTable } from './ledger.js';
import { type Limits, sharesOf, usualLimits } from './limits.js';
import { eventsTable } from './logs.js';
import type { Identity } from './meta.js';
import { packTable } from './packs.js';
import { readPast } from './past.js';
import type {
  Commit,
  HistoryPoint,
  HistoryQuery,
  Lease,
  LedgerEntry,
  LedgerQuery,
  Log,
  Logs,
  Refusal,
  Span,
  StoreStatus,
} from './port.js';
import { unusable } from './problems.js';
import { quarantineTable } from './quarantine.js';
import { readingsLog } from './readings-log.js';
import { passOver, reservation } from './reservation.js';
import { restamping } from './restamping.js';
import { retention } from './retention.js';
import { rollupTable } from './rollups.js';
import { runTable } from './runs.js';
import { spaceOf } from './space.js';
import { streamTable } from './streams.js';
import { unsettled } from './unsettled.js';
import { upkeep } from './upkeep.js';

/** The store as it is on disk. Every call does its work before it returns, and throws STORE_UNUSABLE where it cannot. */
export interface Database {
  /** All of a batch or nothing of it. A batch that is there already is not committed again. */
  commit(batch: Batch): Commit;
  history(query: HistoryQuery): HistoryPoint[];
  /** @param release `dated` keeps readings back whose times this boot may still come to know */
  lease<L extends Log>(uplink: string, log: L, most: number, span: Span, release?: Release): Lease<L>;
  settle(uplink: string, log: Log, span: Span): void;
  quarantine(uplink: string, log: Log, seq: number, why: Refusal): boolean;
  read<L extends Log>(log: L, span: Span, most: number): Logs[L][];
  ledger(query: LedgerQuery): LedgerEntry[];
  status(): DatabaseStatus;
  /**
   * Does a small piece of what else there is to do: history, room, giving back. To be called after each commit until
   * it says that nothing is left for now.
   */
  tidy(): boolean;
  close(): void;
}

/** How many leases may be on their way at a time. */
const leasesRemembered = 32;

/** So many events the store itself records at once, at most. */
const ownEvents = 4;

/** Stands with the events that the store records itself: they are no part of a batch. */
const noBoot = 0;

/** Which of the rows that wait an uplink may have: all, as usual, or those whose time is known or never will be. */
export type Release = 'all' | 'dated';

/** Rows for one transaction. */
export interface Batch {
  readings: readonly Reading[];
  events: readonly ShelterEvent[];
  /** The last seq of each log that this boot knows as committed: its own rows after it are those of this batch. */
  after: Record<Log, number>;
  /** Wall time of this boot's monotonic time 0, in ms: present once its clock was synchronised after its start. */
  origin?: number;
}

export type DatabaseStatus = Pick<
  StoreStatus,
  'epoch' | 'file' | 'bytes' | 'last' | 'waiting' | 'quarantined' | 'gone' | 'salvaged'
>;

export interface DatabaseOptions extends Identity {
  file: string;
  boot: Boot;
  limits?: Limits;
}

/** Opens or makes the database. Throws (STORE_UNUSABLE) where that cannot be. */
export function openDatabase({ file, boot, limits, ...identity }: DatabaseOptions, clock: Ticks): Database {
  return databaseOn(connect(file, identity), boot, clock, limits);
}

type Ticks = Pick<Clock, 'monotonic' | 'now'>;

export function databaseOn(
  connection: Connection,
  thisBoot: Boot,
  clock: Ticks,
  { quota, keep }: Limits = usualLimits,
): Database {
  const { sqlite, file, meta, salvaged } = connection;
  const boots = bootTable(sqlite, thisBoot);
  const streams = streamTable(sqlite);
  const packs = packTable(sqlite);
  const runs = runTable(sqlite, packs);
  const rollups = rollupTable(sqlite);
  const ledger = ledgerTable(sqlite);
  const space = spaceOf(sqlite);
  const logs = { readings: readingsLog(sqlite, packs, streams, boots), events: eventsTable(sqlite, boots) };
  const cursors = cursorTable(sqlite, (log, seq) => logs[log].lastBefore(seq));
  const quarantine = quarantineTable(sqlite);
  const shares = sharesOf(quota);
  space.checkpointAt(shares.checkpoint);
  const seqs = reservation(connection, lastSeqs(), salvaged === null && boots.isKnown());
  const doubts = passOver(sqlite, seqs.doubtful, note, clock);
  const restamps = restamping(sqlite, { boots, packs, runs, rollups });
  const tidy = upkeep({
    restamp: restamps.step,
    isUnsynchronised: boots.isUnsynchronised,
    packs,
    rollups,
    space,
    readings: retention({ packs, runs, rollups, cursors, underWay: () => underWay, keep, note }),
    events: eventRetention(sqlite, { cursors, most: shares.events, note }),
    ledger,
    mostEntries: shares.ledger,
    room: shares.room,
    newestTime: () => newestTime,
    lazily: (step) => withoutSync(() => sqlite.transaction(step).immediate()),
    surely: (step) => sqlite.transaction(step).immediate(),
  });
  let newestTime: number | undefined;
  let underWay: Span[] = [];

  const commit = sqlite.transaction(({ readings, events, after, origin }: Batch): Record<Log, number> => {
    const id = boots.idOf(logs.readings.last());
    if (origin !== undefined && boots.isUnsynchronised(id)) restamps.begin(id, origin, logs.readings.last());
    const there = {
      readings: logs.readings.lastOf(id, after.readings),
      events: logs.events.lastOf(id, after.events),
    };
    if (there.readings === undefined && there.events === undefined) {
      doubts.pass();
      logs.readings.append(logs.readings.last(), id, readings);
      logs.events.append(logs.events.last(), id, events);
      runs.extend(logs.readings.last());
    }
    return { readings: there.readings ?? logs.readings.last(), events: there.events ?? logs.events.last() };
  });

  function lastSeqs(): Record<Log, number> {
    return { readings: logs.readings.last(), events: logs.events.last() };
  }

  /** Whatever is done next may give so many seqs, and some to events of the store's own. */
  function coverNext(readings: number, events: number): void {
    const last = lastSeqs();
    seqs.cover({
      readings: Math.max(last.readings, seqs.doubtful.readings?.last ?? 0) + readings,
      events: Math.max(last.events, seqs.doubtful.events?.last ?? 0) + events + doubts.events() + ownEvents,
    });
  }

  function waitingFor(uplink: string, log: Log): number {
    const all = { first: 1, last: logs[log].last() };
    const rows = log === 'readings' ? runs : logs.events;
    return unsettled(all, cursors.get(uplink, log), cursors.beyond(uplink, log))
      .map((span) => rows.count(span))
      .reduce((sum, count) => sum + count, 0);
  }

  /** What the store did with rows: in the ledger for those who ask, and as an event of no boot for upstream. */
  function note(facts: Facts): void {
    const time = clock.now();
    const settled = [...cursors.uplinks()].map((uplink) => [uplink, cursors.get(uplink, facts.log)] as const);
    ledger.add({ ...facts, time, cursors: Object.fromEntries(settled) });
    if (facts.what === 'released') return;
    const event = { ...happeningOf(facts), time, monotonic: clock.monotonic() };
    logs.events.append(logs.events.last(), noBoot, [event]);
  }

  const setAside = sqlite.transaction(
    (uplink: string, log: Log, row: StoredReading | StoredEvent, why: Refusal) => {
      cursors.settle(uplink, log, { first: row.seq, last: row.seq });
      return quarantine.add(uplink, log, row, why);
    },
  ).immediate;

  function perUplink(count: (uplink: string, log: Log) => number): Record<string, Record<Log, number>> {
    const each = (uplink: string) => ({
      readings: count(uplink, 'readings'),
      events: count(uplink, 'events'),
    });
    return Object.fromEntries([...cursors.uplinks()].map((uplink) => [uplink, each(uplink)]));
  }

  /** A cursor need not reach the card at once: where a power cut sets it back, some rows are sent twice. */
  function withoutSync<T>(write: () => T): T {
    sqlite.pragma('synchronous = NORMAL');
    try {
      return write();
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
          const { readings, events } = batch;
          coverNext(readings.length, events.length);
          const last = commit.immediate(batch);
          doubts.done();
          newestTime = readings.at(-1)?.time ?? newestTime;
          return { readings: readings.length, events: events.length, last, took: clock.monotonic() - start };
        } catch (error) {
          boots.forget();
          streams.forget();
          doubts.undone();
          throw error;
        }
      }),
    history: (query) =>
      using('read', () => {
        const stream = streams.named(query.stream);
        if (stream === undefined) return [];
        return readPast(query, stream, { packs, runs, rollups });
      }),
    lease: <L extends Log>(uplink: string, log: L, most: number, asked: Span, release?: Release) =>
      using('read', () => {
        const held = release === 'dated' && log === 'readings' ? boots.heldAfter() : undefined;
        const span = { ...asked, last: Math.min(asked.last, held ?? asked.last) };
        const rows: Logs[L][] = [];
        for (const gap of unsettled(span, cursors.get(uplink, log), cursors.beyond(uplink, log))) {
          if (rows.length === most) break;
          rows.push(...(logs[log].within(gap, most - rows.length) as Logs[L][]));
        }
        const [first, last] = [rows[0], rows.at(-1)];
        if (log === 'readings' && first && last) {
          underWay = [{ first: first.seq, last: last.seq }, ...underWay].slice(0, leasesRemembered);
        }
        return { log, rows };
      }),
    read: <L extends Log>(log: L, span: Span, most: number) =>
      using('read', () => logs[log].within(span, most) as Logs[L][]),
    settle: (uplink, log, { first, last }) =>
      using('written', () => {
        const there = { first, last: Math.min(last, logs[log].last()) };
        withoutSync(() => cursors.settle(uplink, log, there));
      }),
    quarantine: (uplink, log, seq, why) =>
      using('written', () => {
        const [row] = logs[log].within({ first: seq, last: seq }, 1);
        return row !== undefined && setAside(uplink, log, row, why);
      }),
    ledger: ({ most, before }) => using('read', () => ledger.newest(most, before)),
    tidy: () =>
      using('written', () => {
        coverNext(0, 0);
        return doubts.arePassed() && tidy();
      }),
    status: () =>
      using('read', () => ({
        epoch: meta.epoch,
        file,
        bytes: sizeOf(file) + sizeOf(`${file}-wal`),
        last: lastSeqs(),
        waiting: perUplink(waitingFor),
        quarantined: perUplink(quarantine.count),
        gone: ledger.totals(),
        salvaged,
      })),
    close: () =>
      using('closed', () => {
        try {
          if (doubts.arePassed()) seqs.release(lastSeqs());
        } catch {
          // What stays reserved is passed over next time.
        } finally {
          sqlite.close();
        }
      }),
  };
}

/** @returns bytes; 0 where the file is not there, as a WAL after it went back into the database */
function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
