import { statSync } from 'node:fs';
import type { Clock } from '../../drivers/ports.js';
import type { Moment } from '../ingest/pipeline.js';
import type { Reading, ShelterEvent, StoredEvent, StoredReading } from '../reading.js';
import { type Boot, bootTable } from './boots.js';
import { type Connection, connect } from './connection.js';
import { cursorTable, type Saving } from './cursors.js';
import { eventRetention } from './event-retention.js';
import { type Facts, type Happening, happeningOf } from './gone.js';
import { ledgerTable } from './ledger.js';
import { type Limits, sharesOf, usualLimits } from './limits.js';
import { eventsTable } from './logs.js';
import type { Identity } from './meta.js';
import { packTable } from './packs.js';
import { readPast } from './past.js';
import {
  type Commit,
  everything,
  type HistoryPoint,
  type HistoryQuery,
  type Lease,
  type LedgerEntry,
  type LedgerQuery,
  type Log,
  type Logs,
  type Refusal,
  type Span,
  type StoreStatus,
} from './port.js';
import { unusable } from './problems.js';
import { quarantineTable } from './quarantine.js';
import { readingsLog } from './readings-log.js';
import { passOver, reservation } from './reservation.js';
import { restamping } from './restamping.js';
import { retention } from './retention.js';
import { rollupTable } from './rollups.js';
import { runTable } from './runs.js';
import { unexplainedIn } from './salvage/holes.js';
import { spaceOf } from './space.js';
import { streamTable } from './streams.js';
import { unsettled } from './unsettled.js';
import { upkeep } from './upkeep.js';

/** The store as it is on disk. Every call does its work before it returns, and throws STORE_UNUSABLE where it cannot. */
export interface Database {
  /** All of a batch or nothing of it. A batch that is there already is not committed again. */
  commit(batch: Batch): Commit;
  history(query: HistoryQuery): HistoryPoint[];
  /**
   * Readings that are being stamped are kept back until they are.
   *
   * @param release `dated` also keeps back those whose times this boot may still come to know
   */
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

/** A power cut sends so many settled rows again, at most about. */
const mostUnsaved = 1_000;

/** So many events the store itself records at once, at most. */
const ownEvents = 4;

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
  /** Rows after that seq and before the batch's own that were given up before they could be committed. */
  dropped?: Partial<Record<Log, Dropped>>;
}

/** How many rows were given up, and when the earliest and the latest of them were taken. */
export interface Dropped {
  count: number;
  least: Moment;
  greatest: Moment;
}

export type DatabaseStatus = Pick<
  StoreStatus,
  'epoch' | 'file' | 'bytes' | 'last' | 'waiting' | 'quarantined' | 'gone' | 'salvaged'
>;

export interface DatabaseOptions extends Identity {
  file: string;
  boot: Boot;
  limits?: Limits;
  /** When it is saved what an uplink has settled; by default at once. */
  saving?: Saving;
}

/** Opens or makes the database. Throws (STORE_UNUSABLE) where that cannot be. */
export function openDatabase(options: DatabaseOptions, clock: Ticks): Database {
  const { file, boot, limits, saving, ...identity } = options;
  return databaseOn(connect(file, identity), boot, clock, limits, saving);
}

type Ticks = Pick<Clock, 'monotonic' | 'now'>;

export function databaseOn(
  connection: Connection,
  thisBoot: Boot,
  clock: Ticks,
  { quota, keep }: Limits = usualLimits,
  saving: Saving = 'at once',
): Database {
  const { sqlite, file, meta, salvaged } = connection;
  const boots = bootTable(sqlite, thisBoot);
  const streams = streamTable(sqlite);
  const packs = packTable(sqlite);
  const runs = runTable(sqlite, packs);
  const rollups = rollupTable(sqlite);
  const ledger = ledgerTable(sqlite);
  const space = spaceOf(sqlite);
  const restamps = restamping(sqlite, { boots, packs, runs, rollups, onDone: tellStamped });
  const isMarked = (boot: number, seq: number) =>
    boots.isUnsynchronised(boot) || restamps.isAwaited(boot, seq);
  const logs = {
    readings: readingsLog(sqlite, packs, streams, isMarked),
    events: eventsTable(sqlite, (boot) => boots.isUnsynchronised(Math.abs(boot))),
  };
  const cursors = cursorTable(sqlite, (log, seq) => logs[log].lastBefore(seq));
  const quarantine = quarantineTable(sqlite);
  const shares = sharesOf(quota);
  space.checkpointAt(shares.checkpoint);
  const seqs = reservation(connection, lastSeqs(), salvaged === null && boots.isKnown());
  const doubts = passOver(sqlite, seqs.doubtful, note, knownTime);
  const tidy = upkeep({
    restamp: restamps.step,
    isMarked,
    packs,
    rollups,
    space,
    readings: retention({
      packs,
      runs,
      rollups,
      cursors,
      isMarked,
      endedBy: boots.endedBy,
      underWay: () => underWay,
      unexplained: (span) => unexplainedIn(sqlite, 'readings', span),
      keep,
      note,
    }),
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

  const commit = sqlite.transaction((batch: Batch): Record<Log, number> => {
    const { readings, events, after, origin, dropped = {} } = batch;
    const id = boots.idOf(logs.readings.last(), origin);
    if (origin !== undefined && boots.isUnsynchronised(id)) {
      restamps.begin(id, origin, logs.readings.last(), clock.now());
    }
    const there = {
      readings: logs.readings.lastOf(id, after.readings),
      events: logs.events.lastOf(id, after.events),
    };
    if (there.readings === undefined && there.events === undefined) {
      doubts.pass();
      if (dropped.readings) passOverDropped('readings', dropped.readings);
      if (dropped.events) passOverDropped('events', dropped.events);
      logs.readings.append(logs.readings.last(), id, readings);
      logs.events.append(logs.events.last(), id, events);
      runs.extend(logs.readings.last());
    }
    cursors.save();
    return { readings: there.readings ?? logs.readings.last(), events: there.events ?? logs.events.last() };
  });

  /** Seqs are given also to what was dropped in memory, so that upstream can tell the gap. */
  function passOverDropped(log: Log, { count, least, greatest }: Dropped): void {
    const first = logs[log].last() + 1;
    const last = first + count - 1;
    logs[log].retire(last);
    const times = boots.provisional() ? [] : [least.time, greatest.time].map(Math.round);
    note({
      log,
      what: 'dropped',
      width: 0,
      first,
      last,
      least: times.length > 0 ? Math.min(...times) : null,
      greatest: times.length > 0 ? Math.max(...times) : null,
      before: count,
      after: 0,
    });
  }

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

  /** Null where the clock has not been synchronised. */
  function knownTime(): number | null {
    return boots.provisional() ? null : clock.now();
  }

  /** What the store did with rows: in the ledger for those who ask, and as an event for upstream. */
  function note(facts: Facts): void {
    const time = knownTime();
    const settled = [...cursors.uplinks()].map((uplink) => [uplink, cursors.get(uplink, facts.log)] as const);
    ledger.add({ ...facts, time, cursors: Object.fromEntries(settled) });
    if (facts.what === 'released') return;
    tell(happeningOf(facts));
  }

  function tellStamped({ first, last }: Span): void {
    tell({ kind: 'store.restamped', source: 'store', detail: { log: 'readings', first, last } });
  }

  /** Events of the store's own are no part of a batch: they have the negative of their boot, or 0 before its first. */
  function tell(happening: Happening): void {
    const event = { ...happening, time: clock.now(), monotonic: clock.monotonic() };
    logs.events.append(logs.events.last(), -(boots.ownId() ?? 0), [event]);
  }

  /** What an uplink may not have yet. */
  function heldBack(release: Release): readonly Span[] {
    const after = release === 'dated' ? boots.provisional()?.after : undefined;
    const own = after === undefined ? [] : [{ ...everything, first: after + 1 }];
    return [...restamps.awaited(), ...own];
  }

  const setAside = sqlite.transaction(
    (uplink: string, log: Log, row: StoredReading | StoredEvent, why: Refusal) => {
      cursors.settle(uplink, log, { first: row.seq, last: row.seq });
      cursors.save();
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

  function saveCursors(): void {
    withoutSync(() => sqlite.transaction(cursors.save).immediate());
    cursors.saved();
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
          const { readings, events, dropped } = batch;
          coverNext(
            readings.length + (dropped?.readings?.count ?? 0),
            events.length + (dropped?.events?.count ?? 0),
          );
          const last = commit.immediate(batch);
          doubts.done();
          cursors.saved();
          newestTime = readings.at(-1)?.time ?? newestTime;
          return { readings: readings.length, events: events.length, last, took: clock.monotonic() - start };
        } catch (error) {
          boots.forget();
          restamps.forget();
          streams.forget();
          doubts.undone();
          throw error;
        }
      }),
    history: (query) =>
      using('read', () => {
        const stream = streams.named(query.stream);
        if (stream === undefined) return [];
        return readPast(query, stream, { packs, runs, rollups, isMarked, provisional: boots.provisional() });
      }),
    lease: <L extends Log>(uplink: string, log: L, most: number, span: Span, release: Release = 'all') =>
      using('read', () => {
        const held = log === 'readings' ? heldBack(release) : [];
        const rows: Logs[L][] = [];
        const notNow = [...cursors.beyond(uplink, log), ...held].sort((a, b) => a.first - b.first);
        for (const gap of unsettled(span, cursors.get(uplink, log), notNow)) {
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
        cursors.settle(uplink, log, there);
        if (saving === 'at once' || cursors.unsaved() > mostUnsaved) saveCursors();
      }),
    quarantine: (uplink, log, seq, why) =>
      using('written', () => {
        const [row] = logs[log].within({ first: seq, last: seq }, 1);
        if (!row) return false;
        try {
          const isNew = setAside(uplink, log, row, why);
          cursors.saved();
          return isNew;
        } catch (error) {
          cursors.forget();
          throw error;
        }
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
          if (cursors.unsaved() > 0) saveCursors();
          if (doubts.arePassed()) seqs.release(lastSeqs());
        } catch {
          // What is not saved is sent again; what stays reserved is passed over next time.
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
