import { statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reading } from '../../../runtime/reading.js';
import { type Database, openDatabase } from '../../../runtime/store/database.js';
import { everything, type LedgerEntry } from '../../../runtime/store/port.js';
import { eventAt, humidity, readingAt, temperature } from '../../suites/store-suite.js';
import { temporaryFolder } from './folder.js';

const start = Date.UTC(2026, 0, 1);
const hour = 3_600_000;

let file: string;
let database: Database;
let now: number;
let last: { readings: number; events: number };

/** As small as a quota gets that has room for a few thousand readings. */
const tight = { quota: 262_000, keep: 1_000 * hour };

function open(limits = tight): void {
  const boot = { name: `boot-${now}`, time: now, monotonic: 0 };
  const clock = { now: () => now, monotonic: () => now - start };
  database = openDatabase({ file, device: 'shelter-1', epoch: 'e1', boot, limits }, clock);
  last = database.status().last;
}

beforeEach(() => {
  file = join(temporaryFolder(), 'readings.db');
  now = start;
  open();
});
afterEach(() => database.close());

/** Two streams each second, with values that do not pack well. */
function sense(seconds: number): void {
  const readings: Reading[] = [];
  for (let second = 0; second < seconds; second++) {
    now += 1_000;
    const value = ((now / 1_000) * 7_919) % 10_007;
    readings.push(readingAt(now, value / 1_000), readingAt(now, value / 100, { stream: humidity }));
  }
  last = database.commit({ readings, events: [], after: last }).last;
}

function tidy(): void {
  while (database.tidy());
}

function senseFor(seconds: number): void {
  for (let done = 0; done < seconds; done += 100) {
    sense(100);
    tidy();
  }
}

const bytes = () => statSync(file).size + statSync(`${file}-wal`).size;
const waiting = () => database.status().waiting.city?.readings;
const rows = () => database.lease('city', 'readings', 1e6, everything).rows;
const settle = (seq: number) => database.settle('city', 'readings', { first: 1, last: seq });
const ledger = () => database.ledger({ most: 1_000 }).filter(({ log }) => log === 'readings');
const what = (entries: readonly LedgerEntry[]) => [...new Set(entries.map((entry) => entry.what))];

describe('where the quota is reached', () => {
  beforeEach(() => void database.lease('city', 'readings', 1, everything));

  it('what was sent goes first, the oldest first, and nothing that waits is touched', () => {
    senseFor(4_500);
    settle(7_500);
    senseFor(5_000);
    const entries = ledger();
    expect(what(entries)).toEqual(['released']);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      first: 1,
      before: entries[0]?.last,
      after: 0,
      cursors: { city: 7_500 },
    });
    expect(rows()[0]?.seq).toBe(7_501);
    expect(waiting()).toBe(last.readings - 7_500);
  });

  it('then the oldest that waits is thinned, and the count of what waits is right', () => {
    senseFor(30_000);
    const entries = ledger().reverse();
    expect(what(entries)).toEqual(['thinned']);
    expect(entries[0]).toMatchObject({ first: 1, width: 60_000, least: start + 1_000 });
    const there = rows();
    expect(waiting()).toBe(there.length);
    expect(there.length).toBeLessThan(last.readings / 2);
    expect(there[0]?.mean).toBeDefined();
    expect(there.at(-1)?.mean).toBeUndefined();
    expect(bytes()).toBeLessThanOrEqual(tight.quota);
  });

  it('upstream is told by an event, once, and no batch is taken for another by that', () => {
    senseFor(25_000);
    const events = database.lease('city', 'events', 1_000, everything).rows;
    const entries = ledger().reverse();
    expect(events.map(({ kind, detail }) => [kind, detail.first, detail.last])).toEqual(
      entries.map(({ first, last: end }) => ['store.thinned', first, end]),
    );
    const [event] = events;
    expect(event?.detail).toEqual({
      log: 'readings',
      first: 1,
      last: entries[0]?.last,
      before: entries[0]?.before,
      after: entries[0]?.after,
      width: 60,
      from: new Date(start + 1_000).toISOString(),
      to: new Date(entries[0]?.greatest ?? 0).toISOString(),
    });
    const told = database.commit({ readings: [], events: [eventAt(now)], after: last });
    expect(told.last.events).toBe(events.length + 1);
  });

  it('what may be on its way is not thinned, so that it is never told twice', () => {
    senseFor(2_500);
    const leased = database.lease('city', 'readings', 500, everything).rows;
    senseFor(20_000);
    expect(what(ledger())).toEqual(['thinned']);
    expect(ledger().some(({ first }) => first <= 500)).toBe(false);
    expect(database.lease('city', 'readings', 500, everything).rows).toEqual(leased);
  });

  it('readings of which some were sent are not thinned together with those', () => {
    senseFor(4_000);
    settle(500);
    database.settle('city', 'readings', { first: 5_001, last: 5_200 });
    const sent = rows().slice(0, 500);
    senseFor(20_000);
    const entries = ledger();
    expect(what(entries)).toEqual(['thinned']);
    for (const seq of [500, 5_001, 5_200]) {
      expect(entries.some(({ first, last: end }) => first <= seq && seq <= end)).toBe(false);
    }
    expect(rows().slice(0, 500)).toEqual(sent);
  });

  it('goes on where it was after a restart', () => {
    senseFor(20_000);
    const before = rows();
    database.close();
    open();
    expect(rows()).toEqual(before);
    expect(waiting()).toBe(before.length);
    senseFor(10_000);
    expect(bytes()).toBeLessThanOrEqual(tight.quota);
  });

  it('history by the hour stays what it was', () => {
    senseFor(10 * 3_600);
    const query = { stream: temperature.id, from: start, to: start + 9 * hour, most: 100, every: hour };
    const before = database.history(query);
    senseFor(10_000);
    expect(what(ledger())).toContain('thinned');
    expect(database.history(query)).toEqual(before);
    expect(before.map(({ count }) => count)).toEqual([3_599, ...Array(8).fill(3_600)]);
  });
});

describe('events', () => {
  it('are dropped from the oldest on where a door rattles for ever, and that is on record', () => {
    for (let round = 0; round < 10; round++) {
      const events = Array.from({ length: 50 }, () => eventAt(now++));
      last = database.commit({ readings: [], events, after: last }).last;
      tidy();
      last = database.status().last;
    }
    const [entry] = database.ledger({ most: 1 });
    expect(entry).toMatchObject({ log: 'events', what: 'dropped', after: 0 });
    const there = database.lease('city', 'events', 1_000, everything).rows;
    expect(there.length).toBeLessThan(150);
    expect(database.status().waiting.city?.events).toBe(there.length);
  });
});

describe('after a drain', () => {
  it('what was sent stays as long as it is kept, then goes, and the file shrinks', () => {
    database.close();
    open({ quota: 4_000_000, keep: 24 * hour });
    database.lease('city', 'readings', 1, everything);
    senseFor(40_000);
    settle(last.readings);
    const full = bytes();
    senseFor(1_000);
    expect(ledger()).toEqual([]);
    now += 48 * hour;
    senseFor(4_000);
    settle(last.readings);
    senseFor(4_000);
    expect(what(ledger())).toEqual(['released']);
    expect(bytes()).toBeLessThan(full / 2);
    expect(waiting()).toBe(8_000);
  });

  it('what nobody has been sent is kept, however old', () => {
    database.close();
    open({ quota: 4_000_000, keep: hour });
    senseFor(4_000);
    now += 48 * hour;
    senseFor(4_000);
    expect(ledger()).toEqual([]);
  });
});

describe('a pack that cannot be read', () => {
  it('is passed over, put on record and told, and the rest is sent and counted', () => {
    senseFor(300);
    const sqlite = new Sqlite(file);
    const [, second] = sqlite.prepare<[], number>('SELECT seq FROM readings ORDER BY seq').pluck().all();
    sqlite.prepare("UPDATE readings SET body = x'00' WHERE seq = ?").run(second);
    sqlite.close();
    const whole = rows();
    expect(whole.length).toBe(last.readings - 64);
    tidy();
    expect(ledger()).toMatchObject([{ what: 'damaged', first: 65, last: 128, before: 64, after: 0 }]);
    expect(waiting()).toBe(whole.length);
    const [event] = database.lease('city', 'events', 10, everything).rows;
    expect(event).toMatchObject({ kind: 'store.damaged', source: 'store', detail: { first: 65, last: 128 } });
    expect(database.status().gone).toMatchObject({ damaged: 64 });
  });
});
