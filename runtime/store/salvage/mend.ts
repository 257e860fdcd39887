import type { Database } from 'better-sqlite3';
import { cursorTable } from '../cursors.js';
import { type Facts, type Happening, happeningOf } from '../gone.js';
import { ledgerTable } from '../ledger.js';
import { eventsTable, namesOf } from '../logs.js';
import { readMeta } from '../meta.js';
import { isIntact, type Pack, type PackedRow } from '../packing.js';
import { type Packs, packTable } from '../packs.js';
import type { LedgerEntry, Log, Salvage, Span } from '../port.js';
import { rollupWidth } from '../rollups.js';
import { runTable } from '../runs.js';
import { findHoles, type Hole } from './holes.js';
import type { Salvaged } from './salvage.js';

/** Stands with the events that the store records itself. */
const noBoot = 0;

const logs = ['readings', 'events'] as const;

/** More holes than this are told as one, in which there are rows too. */
const MOST_HOLES = 1_000;

/** When, on both times, in ms. */
export interface Moment {
  time: number;
  monotonic: number;
}

/**
 * Makes a whole of the rows that were salvaged: what refers to something lost is put right or taken out, what follows
 * from other rows is made anew, and what is missing is put on record.
 */
export function mend(
  sqlite: Database,
  out: Salvaged,
  { time, monotonic }: Moment,
): Pick<Salvage, 'kept' | 'lost'> {
  const packs = packTable(sqlite);
  const runs = runTable(sqlite, packs);
  const events = eventsTable(sqlite, () => false);
  const ledger = ledgerTable(sqlite);
  const cursors = cursorTable(sqlite, () => 0);

  sqlite.exec('DELETE FROM events WHERE NOT json_valid(detail)');
  takeOutDamagedPacks(sqlite);
  takeOutUnknownStreams(sqlite, packs, out.damaged.has('streams'));
  runs.recover();
  if (out.damaged.has('rollups') || out.damaged.has('rolled')) rollUpAnew(sqlite);
  replaceBoots(sqlite);

  const reserved = readMeta(sqlite)?.reserved;
  const happenings: Happening[] = [];
  const lost: Record<Log, number> = { readings: 0, events: 0 };

  function note(log: Log, what: LedgerEntry['what'], hole: Hole): void {
    const facts: Facts = { log, what, width: 0, ...hole, after: 0 };
    const settled = [...cursors.uplinks()].map((uplink) => [uplink, cursors.get(uplink, log)] as const);
    ledger.add({ ...facts, time, cursors: Object.fromEntries(settled) });
    happenings.push(happeningOf(facts));
  }

  for (const log of logs) {
    const names = namesOf(sqlite, log);
    const given = Math.max(names.last(), reserved?.[log] ?? 0);
    const { between, after } = findHoles(sqlite, log, given);
    for (const hole of atMost(MOST_HOLES, between)) {
      note(log, 'damaged', hole);
      lost[log] += hole.before;
    }
    names.retire(given);
    for (const span of after) note(log, 'skipped', { ...span, least: time, greatest: time, before: 0 });
  }
  const kept = { readings: packs.count(everywhere), events: events.count(everywhere) };
  happenings.push(salvagedHappening(out, kept, lost));
  events.append(
    namesOf(sqlite, 'events').last(),
    noBoot,
    happenings.map((happening) => ({ ...happening, time, monotonic })),
  );
  return { kept, lost };
}

const everywhere: Span = { first: 0, last: Number.MAX_SAFE_INTEGER };

function salvagedHappening(
  { damagedPages, sameEpoch }: Salvaged,
  kept: Record<Log, number>,
  lost: Record<Log, number>,
): Happening {
  const detail = {
    pages: damagedPages,
    sameEpoch,
    keptReadings: kept.readings,
    keptEvents: kept.events,
    lostReadings: lost.readings,
    lostEvents: lost.events,
  };
  return { kind: 'store.salvaged', source: 'store', detail };
}

/** Rows need to have a boot; of one that is lost only its number is known. */
function replaceBoots(sqlite: Database): void {
  sqlite.exec(`
    INSERT INTO boots (id, name, time, monotonic, origin)
    SELECT boot, 'lost-' || boot, 0, 0, 0
    FROM (SELECT boot FROM readings UNION SELECT boot FROM events)
    WHERE boot > ${noBoot} AND boot NOT IN (SELECT id FROM boots)`);
}

/** Even the seqs of a pack that is not what was written may be others. */
function takeOutDamagedPacks(sqlite: Database): void {
  const all = sqlite.prepare<[], Pack>('SELECT * FROM readings');
  const remove = sqlite.prepare<[number]>('DELETE FROM readings WHERE seq = ?');
  const damaged: number[] = [];
  for (const pack of all.iterate()) if (!isIntact(pack)) damaged.push(pack.seq);
  for (const seq of damaged) remove.run(seq);
}

/** Of the packs, each one of so many is looked at. */
const SAMPLED = 256;

/**
 * A value that nobody can say the unit of is none. To look at every row takes long; where the streams seem to be all
 * there, a sample and the newest rows are enough, whose streams were the last to be written.
 */
function takeOutUnknownStreams(sqlite: Database, packs: Packs, isSuspected: boolean): void {
  const known = new Set(sqlite.prepare<[], number>('SELECT id FROM streams').pluck().all());
  const isKnown = ({ stream }: PackedRow) => known.has(stream);
  const sample = sqlite
    .prepare<[number], number>(
      `SELECT seq FROM (SELECT seq, row_number() OVER (ORDER BY seq DESC) AS place FROM readings)
       WHERE place < ${SAMPLED} OR place % ? = 0`,
    )
    .pluck()
    .all(SAMPLED);
  const isMissing = (seq: number) =>
    ![...packs.of({ first: seq, last: seq })].every(({ rows }) => rows.every(isKnown));
  if (!isSuspected && !sample.some(isMissing)) return;

  const concerned = [...packs.of(everywhere)].filter(({ rows }) => !rows.every(isKnown));
  for (const { seq, boot, width, rows } of concerned) {
    packs.remove({ first: seq, last: seq });
    for (const part of partsOf(rows, isKnown)) packs.add(part, boot, width);
  }
}

/** Rows that pass, as runs of neighbours. */
function partsOf(rows: readonly PackedRow[], passes: (row: PackedRow) => boolean): PackedRow[][] {
  const parts: PackedRow[][] = [[]];
  for (const row of rows) {
    if (passes(row)) parts.at(-1)?.push(row);
    else parts.push([]);
  }
  return parts.filter((part) => part.length > 0);
}

/** Of the time that there are still readings of, the rollups are made of these again. */
function rollUpAnew(sqlite: Database): void {
  sqlite.exec(`
    DELETE FROM rollups WHERE start >= (SELECT min(least) FROM runs) - ${rollupWidth};
    DELETE FROM rolled;
    INSERT INTO rolled VALUES (0);`);
}

function atMost(most: number, holes: readonly Hole[]): readonly Hole[] {
  const [first] = holes;
  const last = holes.at(-1);
  if (!first || !last || holes.length <= most) return holes;
  const before = holes.reduce((sum, hole) => sum + hole.before, 0);
  return [{ first: first.first, last: last.last, least: first.least, greatest: last.greatest, before }];
}
