import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quality } from '../../../config/catalogue/quality.js';
import type { Reading, ShelterEvent, Stream } from '../../../runtime/reading.js';
import { type Batch, type Database, openDatabase } from '../../../runtime/store/database.js';
import type { Limits } from '../../../runtime/store/limits.js';
import { everything, type HistoryQuery } from '../../../runtime/store/port.js';
import { temporaryFolder } from './folder.js';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
/** When the board was switched on, in truth. */
const switchedOn = Date.UTC(2026, 5, 1, 6, 0, 7);
const roomy: Limits = { quota: 50_000_000, keep: 24 * hour };

const streams: Stream[] = Array.from({ length: 10 }, (_, index) => ({
  id: `sensor-${index}/temperature`,
  sensor: `sensor-${index}`,
  property: 'temperature',
  unit: 'Cel',
}));

/** A board that is switched on: its monotonic time begins at 0, and its wall time anywhere. */
interface Board {
  database: Database;
  /** Takes a reading of each stream every 10 s, and commits ten times as many at once; what is due is done. */
  sense(ms: number, tidied?: boolean): void;
  commit(batch: Partial<Batch>): void;
  /** From now on the wall time is right, and believed. */
  synchronise(): void;
  readonly monotonic: number;
  readonly now: number;
}

let folder: string;
let opened: Database[];
beforeEach(() => {
  folder = temporaryFolder();
  opened = [];
});
afterEach(() => {
  for (const database of opened) database.close();
});

const file = (name: string) => join(folder, `${name}.db`);

/**
 * @param truth wall time, in ms, when it is switched on
 * @param wall what its clock says then; by default the truth, which is then believed
 */
function switchOn(name: string, boot: string, truth: number, wall = truth, limits = roomy): Board {
  let monotonic = 0;
  let offset = wall;
  let isBelieved = wall === truth;
  const clock = { now: () => offset + monotonic, monotonic: () => monotonic };
  const unsynchronised = !isBelieved && ({ unsynchronised: true } as const);
  const database = openDatabase(
    {
      file: file(name),
      device: 'shelter-1',
      epoch: 'e1',
      boot: { name: boot, time: wall, monotonic: 0, ...unsynchronised },
      limits,
    },
    clock,
  );
  opened.push(database);

  function commit(batch: Partial<Batch>): void {
    const after = database.status().last;
    const origin = isBelieved && wall !== truth && { origin: truth };
    database.commit({ readings: [], events: [], after, ...batch, ...origin });
  }

  return {
    database,
    sense(ms, tidied = true) {
      let readings: Reading[] = [];
      for (const end = monotonic + ms; monotonic < end; ) {
        monotonic += 10 * second;
        for (const stream of streams) readings.push(readingOf(stream, truth + monotonic, clock));
        if (readings.length < 100 && monotonic < end) continue;
        commit({ readings });
        readings = [];
        if (tidied) tidy(database);
      }
    },
    commit,
    synchronise() {
      offset = truth;
      isBelieved = true;
    },
    get monotonic() {
      return monotonic;
    },
    get now() {
      return clock.now();
    },
  };
}

/** What a stream gives at a true time: a value from which that time can be told, and now and then none. */
function readingOf(stream: Stream, truth: number, clock: Clock): Reading {
  const value =
    truth % (7 * minute) < 10 * second ? null : (truth - switchedOn) / second + streams.indexOf(stream) / 10;
  const flag = value === null ? quality.missing : quality.pass;
  const [time, monotonic] = [clock.now(), clock.monotonic()];
  return { stream, time, monotonic, value, raw: value, quality: flag };
}

interface Clock {
  now(): number;
  monotonic(): number;
}

function tidy(database: Database): void {
  while (database.tidy());
}

function eventAt(board: Board, kind = 'button.pressed'): ShelterEvent {
  return { kind, source: 'help', time: board.now, monotonic: board.monotonic, detail: {} };
}

const readingsIn = (database: Database) => database.read('readings', everything, 1e6);
const eventsIn = (database: Database) => database.read('events', everything, 1e6);
const leased = (database: Database, release: 'all' | 'dated' = 'all') =>
  database.lease('city', 'readings', 1e6, everything, release).rows;
const settleAll = (database: Database) =>
  database.settle('city', 'readings', { first: 1, last: database.status().last.readings });

const queries: HistoryQuery[] = [undefined, minute, 10 * minute, hour].flatMap((every) =>
  [
    { from: switchedOn - hour, to: switchedOn + 8 * hour },
    { from: switchedOn + 17 * minute, to: switchedOn + 2 * hour + 3 * minute },
  ].map((times) => ({ stream: 'sensor-3/temperature', ...times, most: 10_000, ...(every && { every }) })),
);
const historyIn = (database: Database) => queries.map((query) => database.history(query));

/** A database as it is after the same, where the clock was right from the start. */
function reference(ms: number): Database {
  const board = switchOn('reference', 'boot-1', switchedOn);
  board.sense(ms);
  tidy(board.database);
  return board.database;
}

/** Boots in 1970, senses for 3 h, and is synchronised; nothing has been stamped yet. */
function threeHoursLate(): Board {
  const board = switchOn('late', 'boot-1', switchedOn, 0);
  board.commit({ events: [eventAt(board)] });
  board.sense(3 * hour);
  board.synchronise();
  board.commit({ events: [eventAt(board, 'clock.synchronised')] });
  return board;
}

/** Copies a database as a kill would leave it. */
function copy(from: string, to: string): void {
  for (const end of ['', '-wal']) {
    if (existsSync(`${file(from)}${end}`)) copyFileSync(`${file(from)}${end}`, `${file(to)}${end}`);
  }
}

describe('before the clock is synchronised', () => {
  it('readings and events are marked, and history has them where the clock says, marked', () => {
    const { database, sense, ...board } = switchOn('late', 'boot-1', switchedOn, 0);
    board.commit({ events: [{ kind: 'a', source: 'b', time: 0, monotonic: 0, detail: {} }] });
    sense(3 * hour);
    const rows = readingsIn(database);
    expect(rows).toHaveLength(10_800);
    expect(rows.every((row) => row.unsynchronised && row.time === row.monotonic)).toBe(true);
    expect(eventsIn(database)).toMatchObject([{ kind: 'a', unsynchronised: true }]);

    const query = { stream: 'sensor-3/temperature', from: 0, to: 4 * hour, most: 5_000 };
    const points = database.history(query);
    expect(points).toHaveLength(1_080);
    expect(points.every(({ unsynchronised }) => unsynchronised)).toBe(true);
    const hours = database.history({ ...query, every: hour });
    expect(hours.map(({ time, unsynchronised }) => [time, unsynchronised])).toEqual(
      [0, 1, 2, 3].map((each) => [each * hour, true]),
    );
    const counted = hours.reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBe(points.filter(({ value }) => value !== null).length);
  });

  it('what is thinned for want of room is on record without a time, and told so', () => {
    const board = switchOn('late', 'boot-1', switchedOn, 0, { quota: 262_000, keep: hour });
    leased(board.database);
    board.sense(30 * hour);
    const [entry] = board.database.ledger({ most: 1 });
    expect(entry).toMatchObject({ what: 'thinned', least: null, greatest: null, time: null });
    const [event] = eventsIn(board.database);
    expect(event).toMatchObject({ kind: 'store.thinned', unsynchronised: true });
    expect(event?.detail).not.toHaveProperty('from');
    expect(event?.detail).not.toHaveProperty('to');
  });
});

describe('once the clock is synchronised', () => {
  it('every row has its true time, to the ms, under its name, and no mark', () => {
    const { database } = threeHoursLate();
    const seqs = readingsIn(database).map(({ seq }) => seq);
    tidy(database);
    const rows = readingsIn(database);
    expect(rows.map(({ seq }) => seq)).toEqual(seqs);
    expect(rows.filter(({ time, monotonic }) => time !== switchedOn + monotonic)).toEqual([]);
    expect(rows.some(({ unsynchronised }) => unsynchronised)).toBe(false);
    expect(rows.map(({ value }) => value)).toEqual(readingsIn(reference(3 * hour)).map(({ value }) => value));
  });

  it('events have theirs at once, and the readings are told of when they have', () => {
    const { database } = threeHoursLate();
    expect(eventsIn(database).map(({ kind, time, unsynchronised }) => [kind, time, unsynchronised])).toEqual([
      ['button.pressed', switchedOn, undefined],
      ['clock.synchronised', switchedOn + 3 * hour, undefined],
    ]);
    tidy(database);
    expect(eventsIn(database).at(-1)).toMatchObject({
      kind: 'store.restamped',
      source: 'store',
      detail: { log: 'readings', first: 1, last: 10_800 },
    });
  });

  it('history is what it would be, had the clock been right from the start', () => {
    const board = threeHoursLate();
    tidy(board.database);
    board.sense(hour);
    const expected = historyIn(reference(4 * hour));
    expect(historyIn(board.database)).toEqual(expected);
    expect(expected[0]).toHaveLength(1_440);
    const inThe1970s = { stream: 'sensor-3/temperature', from: 0, to: switchedOn - hour, most: 10 };
    expect(board.database.history(inThe1970s)).toEqual([]);
  });

  it('goes on in small steps, between which history is in order and true, and no row is leased that is not', () => {
    const board = threeHoursLate();
    const { database } = board;
    const expected = new Map(
      historyIn(reference(3 * hour + 5 * minute))[0]?.map((point) => [point.time, point]),
    );
    board.sense(5 * minute, false);
    const live = board.database.status().last.readings - 300;
    expect(leased(database).map(({ seq }) => seq)).toEqual(
      Array.from({ length: 300 }, (_, i) => live + 1 + i),
    );
    let before = 0;
    let steps = 0;
    for (let more = true; more; steps += 1) {
      more = database.tidy();
      const points = database.history(queries[0] ?? never());
      expect(points.every((point, index) => point.time > (points[index - 1]?.time ?? 0))).toBe(true);
      for (const point of points) expect(point).toEqual(expected.get(point.time));
      expect(points.length).toBeGreaterThanOrEqual(before);
      before = points.length;
      const rows = leased(database);
      expect(rows.filter(({ time, monotonic }) => time !== switchedOn + monotonic)).toEqual([]);
      expect(rows.some(({ unsynchronised }) => unsynchronised)).toBe(false);
    }
    expect(steps).toBeGreaterThan(8);
    expect(before).toBe(1_110);
    expect(leased(database)).toHaveLength(11_100);
  });

  it('survives a kill before and after each of its steps', () => {
    const { database } = threeHoursLate();
    const expected = historyIn(reference(3 * hour));
    let kills = 0;
    do {
      const name = `killed-${kills++}`;
      copy('late', name);
      const next = switchOn(name, 'boot-2', switchedOn + 4 * hour);
      next.commit({ events: [eventAt(next)] });
      tidy(next.database);
      const rows = readingsIn(next.database);
      expect(rows).toHaveLength(10_800);
      expect(rows.filter(({ time, monotonic }) => time !== switchedOn + monotonic)).toEqual([]);
      expect(rows.some(({ unsynchronised }) => unsynchronised)).toBe(false);
      expect(historyIn(next.database)).toEqual(expected);
      const told = eventsIn(next.database).filter(({ kind }) => kind === 'store.restamped');
      expect(told).toHaveLength(1);
    } while (database.tidy());
    expect(kills).toBeGreaterThan(10);
  });

  it('keeps what is not old, although every uplink has it and the clock has jumped by decades', () => {
    const board = switchOn('late', 'boot-1', switchedOn, 0, { ...roomy, keep: 12 * hour });
    leased(board.database);
    board.sense(6 * hour);
    settleAll(board.database);
    tidy(board.database);
    // The clock is set, and readings are committed, before anybody vouches for it.
    const { stream, ...now } = readingsIn(board.database).at(-1) ?? never();
    const time = switchedOn + board.monotonic;
    const set = streams.map((each) => ({ ...now, stream: each, time, monotonic: board.monotonic }));
    for (let commit = 0; commit < 120; commit++) board.commit({ readings: set });
    settleAll(board.database);
    tidy(board.database);
    board.synchronise();
    board.sense(hour);
    expect(board.database.ledger({ most: 9 })).toEqual([]);
    expect(readingsIn(board.database)[0]).toMatchObject({ seq: 1, time: switchedOn + 10 * second });
    expect(stream.id).toBe('sensor-9/temperature');
    settleAll(board.database);
    board.sense(13 * hour);
    expect(board.database.ledger({ most: 9 })).toMatchObject([{ what: 'released', first: 1 }]);
  });

  it('means that had to stand for readings get their times too, and stand for the same in history', () => {
    const board = switchOn('late', 'boot-1', switchedOn, 0, { quota: 262_000, keep: hour });
    leased(board.database);
    board.sense(12 * hour);
    board.synchronise();
    board.sense(10 * minute);
    const rows = readingsIn(board.database);
    const means = rows.filter(({ mean }) => mean?.count);
    expect(means.length).toBeGreaterThan(100);
    for (const { time, value, mean, stream } of means) {
      // A reading's value is its time in seconds after the start.
      const middle =
        switchedOn + ((value ?? Number.NaN) - streams.indexOf(streamOf(stream.id)) / 10) * second;
      expect(middle).toBeGreaterThanOrEqual(time);
      expect(middle).toBeLessThan(time + (mean?.width ?? 0));
    }
    const thinned = eventsIn(board.database).filter(({ kind }) => kind === 'store.thinned');
    expect(thinned.length).toBeGreaterThan(0);
    for (const { time, unsynchronised } of thinned) {
      expect(unsynchronised).toBeUndefined();
      expect(time).toBeGreaterThan(switchedOn);
      expect(time).toBeLessThanOrEqual(board.now);
    }
    const query = { stream: 'sensor-3/temperature', from: switchedOn, to: board.now + hour, most: 999 };
    const counted = (every: number) =>
      board.database.history({ ...query, every }).reduce((sum, { count }) => sum + count, 0);
    expect(counted(hour)).toBe(counted(1_000));
    expect(counted(hour)).toBe(trueCount(board.monotonic));
  });
});

describe('what an uplink is given', () => {
  it('waits for its time as long as that may come, and is marked after that', () => {
    const { database, sense } = switchOn('late', 'boot-1', switchedOn, 0);
    sense(5 * minute);
    expect(leased(database, 'dated')).toEqual([]);
    const rows = leased(database, 'all');
    expect(rows).toHaveLength(300);
    expect(rows.every(({ unsynchronised }) => unsynchronised)).toBe(true);
  });

  it('is not sent again for its new time, but read anew it has that, under the same name', () => {
    const board = switchOn('late', 'boot-1', switchedOn, 0);
    board.sense(5 * minute);
    const sent = leased(board.database);
    settleAll(board.database);
    board.synchronise();
    board.sense(10 * second);
    expect(leased(board.database).map(({ seq }) => seq)).toEqual([
      301, 302, 303, 304, 305, 306, 307, 308, 309, 310,
    ]);
    const again = board.database.read('readings', { first: 1, last: 300 }, 999);
    expect(again).toEqual(
      sent.map(({ unsynchronised: _, ...row }) => ({ ...row, time: switchedOn + row.monotonic })),
    );
  });
});

describe('a run that ended before its clock was synchronised', () => {
  let board: Board;
  const later = switchedOn + 5 * hour;
  beforeEach(() => {
    const early = switchOn('late', 'boot-1', switchedOn, 0, { ...roomy, keep: 6 * hour });
    early.sense(3 * hour);
    early.database.close();
    opened = [];
    board = switchOn('late', 'boot-2', later, 0, { ...roomy, keep: 6 * hour });
    leased(board.database);
    board.sense(hour);
  });

  it('leaves rows that stay marked for ever, and go to the uplink so, at once', () => {
    expect(leased(board.database, 'dated')).toHaveLength(10_800);
    board.synchronise();
    board.sense(minute);
    const rows = leased(board.database);
    expect(rows.slice(0, 10_800).every(({ unsynchronised }) => unsynchronised)).toBe(true);
    const own = rows.slice(10_800);
    expect(own.filter(({ time, monotonic }) => time !== later + monotonic)).toEqual([]);
    expect(own).toHaveLength(3_660);
  });

  it('has no place in history, whatever the time is said to be', () => {
    const query = { stream: 'sensor-3/temperature', from: 0, to: later + 2 * hour, most: 9_999 };
    const provisional = board.database.history(query);
    expect(provisional).toHaveLength(360);
    expect(provisional.every(({ unsynchronised }) => unsynchronised)).toBe(true);
    board.synchronise();
    board.sense(minute);
    const points = board.database.history(query);
    expect(points).toHaveLength(366);
    expect(points.filter(({ time, unsynchronised }) => time < later || unsynchronised)).toEqual([]);
    const byHour = board.database.history({ ...query, every: hour });
    expect(byHour.every(({ time }) => time >= later - hour)).toBe(true);
  });

  it('counts as old from the start of the next run whose time is known', () => {
    board.synchronise();
    board.sense(4 * hour);
    settleAll(board.database);
    board.sense(10 * minute);
    expect(board.database.ledger({ most: 9 })).toEqual([]);
    board.sense(2 * hour);
    settleAll(board.database);
    board.sense(hour);
    const [entry] = board.database.ledger({ most: 9 });
    expect(entry).toMatchObject({ what: 'released', first: 1, least: null });
    expect(entry?.last).toBeLessThanOrEqual(10_800 + 3_600);
  });
});

describe('a synchronised clock that is set', () => {
  it.each([
    ['forward', hour],
    ['back', -hour],
  ])(
    '%s by an hour leaves every row the time that it was given, and history in the order of time',
    (_, by) => {
      const database = switchOn('set', 'boot-1', switchedOn).database;
      const all: Reading[] = [];
      let after = 0;
      for (let round = 0; round < 2 * 360; round++) {
        const monotonic = round * 10 * second;
        const time = switchedOn + monotonic + (round < 360 ? 0 : by);
        const readings = streams.map((stream) => {
          return { stream, time, monotonic, value: round, raw: round, quality: quality.pass };
        });
        all.push(...readings);
        after = database.commit({ readings, events: [], after: { readings: after, events: 0 } }).last
          .readings;
        if (round % 6 === 0) tidy(database);
      }
      tidy(database);
      expect(readingsIn(database).map(({ time, monotonic }) => [time, monotonic])).toEqual(
        all.map(({ time, monotonic }) => [time, monotonic]),
      );
      const own = all
        .filter(({ stream }) => stream === streams[3])
        .toSorted((a, b) => a.time - b.time || a.monotonic - b.monotonic);
      const query = { stream: 'sensor-3/temperature', from: 0, to: switchedOn + 4 * hour, most: 5_000 };
      expect(database.history(query).map(({ time, value }) => [time, value])).toEqual(
        own.map(({ time, value }) => [time, value]),
      );
      const tenMinutes = (time: number) => Math.floor(time / (10 * minute)) * 10 * minute;
      const means = [...new Set(own.map(({ time }) => tenMinutes(time)))].map((time) => {
        const values = own
          .filter((reading) => tenMinutes(reading.time) === time)
          .map(({ value }) => value ?? 0);
        return [time, values.reduce((sum, value) => sum + value, 0) / values.length, values.length];
      });
      const points = database.history({ ...query, every: 10 * minute });
      expect(points.map(({ time, value, count }) => [time, value, count])).toEqual(means);
    },
  );
});

function trueCount(ms: number): number {
  let count = 0;
  for (let at = 10 * second; at <= ms; at += 10 * second) {
    if ((switchedOn + at) % (7 * minute) >= 10 * second) count += 1;
  }
  return count;
}

function streamOf(id: string): Stream {
  return streams.find((stream) => stream.id === id) ?? never();
}

function never(): never {
  throw new Error('it is there');
}
