import { ShelterError } from '../../config/errors.js';
import type { Moment } from '../ingest/pipeline.js';
import type { Reading, ShelterEvent } from '../reading.js';
import type { Batch, Dropped } from './database.js';
import type { Log } from './port.js';

/** The most rows that wait in memory while nothing can be committed: about a day of ten streams every 10 s. */
const MOST: Record<Log, number> = { readings: 100_000, events: 10_000 };

/** The most rows of a log in one transaction; more would hold up the event loop while they are handed over. */
const BATCH = 1_000;

interface WaitingEvent extends Moment {
  event: ShelterEvent;
  resolve(seq: number): void;
  reject(error: Error): void;
}

/** The rows that are not committed yet, in order. Where the database cannot be opened or written, they wait for it. */
export interface Pending {
  addReadings(readings: readonly Reading[]): void;
  /** Resolves to its seq once it is committed. Rejects (STORE_UNUSABLE) where it never will be. */
  addEvent(event: ShelterEvent): Promise<number>;
  /** To be called before the first batch. @param last the greatest seqs that the database has */
  follow(last: Record<Log, number>): void;
  /** Makes a group of all that waits now: the next batches. What is added later is no part of it. */
  seal(): void;
  /** The oldest batch of the group, and always the same one until it is confirmed; undefined where none is left. */
  next(): Batch | undefined;
  /** Says that the batch is committed, with these as the greatest seqs. */
  confirm(last: Record<Log, number>): void;
  size(): number;
  /** How many rows were given up, beyond those that are on record in the database. */
  dropped(): Record<Log, number>;
  /** Gives up everything. */
  abandon(error: ShelterError): void;
}

type AllDropped = NonNullable<Batch['dropped']>;

export function pendingRows(): Pending {
  const readings: Reading[] = [];
  const events: WaitingEvent[] = [];
  const group = { readings: 0, events: 0 };
  let dropped: AllDropped = {};
  let after: Record<Log, number> = { readings: 0, events: 0 };
  let underWay: { batch: Batch; events: WaitingEvent[] } | undefined;

  /** Takes the oldest rows away, which may belong to the group. */
  function takeOldest<Row>(rows: Row[], log: Log, count: number): Row[] {
    group[log] = Math.max(0, group[log] - count);
    return rows.splice(0, count);
  }

  function dropOldest<Row extends Moment>(rows: Row[], log: Log): Row[] {
    const gone = takeOldest(rows, log, Math.max(0, rows.length - MOST[log]));
    for (const row of gone) dropped = { ...dropped, [log]: withOneMore(dropped[log], row) };
    return gone;
  }

  function takeDropped(): AllDropped {
    const taken = dropped;
    dropped = {};
    return taken;
  }

  function droppedOf(log: Log): number {
    return (dropped[log]?.count ?? 0) + (underWay?.batch.dropped?.[log]?.count ?? 0);
  }

  return {
    addReadings(more) {
      for (const reading of more) readings.push(reading);
      dropOldest(readings, 'readings');
    },
    addEvent(event) {
      const { time, monotonic } = event;
      const stored = new Promise<number>((resolve, reject) =>
        events.push({ event, time, monotonic, resolve, reject }),
      );
      const error = new ShelterError(
        'STORE_UNUSABLE',
        'Too many events wait for the database; this one is lost.',
      );
      for (const { reject } of dropOldest(events, 'events')) reject(error);
      return stored;
    },
    follow(last) {
      after = last;
    },
    seal() {
      group.readings = readings.length;
      group.events = events.length;
    },
    next() {
      if (!underWay && group.readings + group.events > 0) {
        const takenReadings = takeOldest(readings, 'readings', Math.min(group.readings, BATCH));
        const takenEvents = takeOldest(events, 'events', Math.min(group.events, BATCH));
        underWay = {
          batch: {
            readings: takenReadings,
            events: takenEvents.map(({ event }) => event),
            after,
            dropped: takeDropped(),
          },
          events: takenEvents,
        };
      }
      return underWay?.batch;
    },
    confirm(last) {
      const taken = underWay?.events ?? [];
      for (const [index, { resolve }] of taken.entries()) resolve(last.events - taken.length + 1 + index);
      underWay = undefined;
      after = last;
    },
    size: () =>
      readings.length +
      events.length +
      (underWay?.batch.readings.length ?? 0) +
      (underWay?.events.length ?? 0),
    dropped: () => ({ readings: droppedOf('readings'), events: droppedOf('events') }),
    abandon(error) {
      for (const { reject } of [...(underWay?.events ?? []), ...events]) reject(error);
      readings.length = events.length = 0;
      underWay = undefined;
    },
  };
}

function withOneMore(before: Dropped | undefined, { time, monotonic }: Moment): Dropped {
  const moment = { time, monotonic };
  if (!before) return { count: 1, least: moment, greatest: moment };
  return {
    count: before.count + 1,
    least: time < before.least.time ? moment : before.least,
    greatest: time > before.greatest.time ? moment : before.greatest,
  };
}
