import { ShelterError } from '../../config/errors.js';
import type { Reading, ShelterEvent } from '../reading.js';
import type { Batch } from './database.js';
import type { Log } from './port.js';

/** The most rows that wait in memory while nothing can be committed: about a day of ten streams every 10 s. */
const MOST: Record<Log, number> = { readings: 100_000, events: 10_000 };

/** The most rows of a log in one transaction; more would hold up the event loop while they are handed over. */
const BATCH = 1_000;

interface WaitingEvent {
  event: ShelterEvent;
  resolve(seq: number): void;
  reject(error: Error): void;
}

/** The rows that are not committed yet, in order. */
export interface Pending {
  addReadings(readings: readonly Reading[]): void;
  /** Resolves to its seq once it is committed. */
  addEvent(event: ShelterEvent): Promise<number>;
  /** Makes a group of all that waits now: the next batches. What is added later is no part of it. */
  seal(): void;
  /** The oldest batch of the group, and always the same one until it is confirmed; undefined where none is left. */
  next(): Batch | undefined;
  /** Says that the batch is committed, with these as the greatest seqs. */
  confirm(last: Record<Log, number>): void;
  size(): number;
  /** How many rows were given up. */
  dropped(): Record<Log, number>;
  /** Gives up everything. */
  abandon(error: ShelterError): void;
}

/** @param committed the greatest seqs that the database has */
export function pendingRows(committed: Record<Log, number>): Pending {
  const readings: Reading[] = [];
  const events: WaitingEvent[] = [];
  const group = { readings: 0, events: 0 };
  const dropped = { readings: 0, events: 0 };
  let after = committed;
  let underWay: { batch: Batch; events: WaitingEvent[] } | undefined;

  /** Takes the oldest rows away, which may belong to the group. */
  function takeOldest<Row>(rows: Row[], log: Log, count: number): Row[] {
    group[log] = Math.max(0, group[log] - count);
    return rows.splice(0, count);
  }

  function dropOldest<Row>(rows: Row[], log: Log): Row[] {
    const excess = Math.max(0, rows.length - MOST[log]);
    dropped[log] += excess;
    return takeOldest(rows, log, excess);
  }

  return {
    addReadings(more) {
      for (const reading of more) readings.push(reading);
      dropOldest(readings, 'readings');
    },
    addEvent(event) {
      const stored = new Promise<number>((resolve, reject) => events.push({ event, resolve, reject }));
      const error = new ShelterError(
        'STORE_UNUSABLE',
        'Too many events wait for the database; this one is lost.',
      );
      for (const { reject } of dropOldest(events, 'events')) reject(error);
      return stored;
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
          batch: { readings: takenReadings, events: takenEvents.map(({ event }) => event), after },
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
    dropped: () => ({ ...dropped }),
    abandon(error) {
      for (const { reject } of [...(underWay?.events ?? []), ...events]) reject(error);
      dropped.readings += readings.length + (underWay?.batch.readings.length ?? 0);
      dropped.events += events.length + (underWay?.events.length ?? 0);
      readings.length = events.length = 0;
      underWay = undefined;
    },
  };
}
