import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { shape } from '../connection.js';
import { namesOf } from '../logs.js';
import { type Identity, type Meta, metaOf, readMeta, writeMeta } from '../meta.js';
import { migrate, newestVersion } from '../migrations.js';
import { type CarvedPage, carver } from './carve.js';
import { openPages, type Pages } from './pages.js';
import type { Field } from './record.js';
import { damagedFile, moveLog, newFile, removeDatabase } from './set-aside.js';
import { shapesOf, tablesOf } from './shapes.js';

export interface SalvageParts {
  /** The database, which was set aside. */
  file: string;
  /** Names the new one where nothing tells any more what the damaged one was named. */
  identity: Identity;
  /** The name, where it is known from elsewhere. */
  known: Meta | undefined;
}

/** What came out of a damaged file. */
export interface Salvaged {
  /** Pages that were damaged, or could not be read at all. */
  damagedPages: number;
  /** The tables that may lack rows. */
  damaged: ReadonlySet<string>;
  /** False where a new epoch had to be drawn. */
  sameEpoch: boolean;
}

/**
 * Makes a new database of every row that can still be read in the one that was set aside, page by page, whether
 * SQLite could find it or not. Where it ends before its time, it can be called again.
 *
 * @param finish puts the rest right, before the new file takes its place
 */
export function salvage<T>(
  parts: SalvageParts,
  finish: (sqlite: Sqlite.Database, out: Salvaged) => T,
): { out: Salvaged; mended: T } {
  const { file } = parts;
  moveLog(file);
  const target = newFile(file);
  removeDatabase(target);
  const pages = openPages(damagedFile(file));
  const sqlite = new Sqlite(target);
  try {
    shape(sqlite);
    sqlite.pragma('journal_mode = OFF');
    sqlite.pragma('synchronous = OFF');
    sqlite.pragma('foreign_keys = OFF');
    const out = sqlite.transaction(() => fill(sqlite, pages, parts)).exclusive();
    migrate(sqlite);
    const mended = sqlite.transaction(() => finish(sqlite, out)).exclusive();
    settleMeta(sqlite);
    sqlite.close();
    sync(target);
    renameSync(target, file);
    sync(dirname(file));
    return { out, mended };
  } finally {
    sqlite.close();
    pages.close();
    // Where it has not taken its place, it only takes up room.
    removeDatabase(target);
  }
}

function fill(sqlite: Sqlite.Database, pages: Pages, { identity, known }: SalvageParts): Salvaged {
  const version = versionOf(pages);
  migrate(sqlite, version);
  const tables = tablesOf(sqlite).map(({ name }) => name);
  for (const table of tables) sqlite.exec(`DELETE FROM ${table}`);
  const carving = carver(pages, shapesOf(version));
  const insert = inserter(sqlite, tables);
  const metas: Meta[] = [];
  const unsure = new Set<number>();
  const damaged = new Set<string>();
  const greatest = new Map<string, number>();

  function take({ table, rows }: CarvedPage): void {
    for (const row of rows) insert(table, row);
  }

  for (const page of carving.pages()) {
    for (const carved of carving.at(page)) {
      const { table, rows, sound } = carved;
      if (!sound) {
        unsure.add(page);
        damaged.add(table);
      }
      // This row has a proof, wherever it lies.
      if (table === 'meta') metas.push(...rows.flatMap(metaIn));
      else if (sound) {
        take(carved);
        greatest.set(table, Math.max(greatest.get(table) ?? 0, keyOf(rows.at(-1))));
      }
    }
  }

  const meta = known ?? newestOf(metas);
  const reserved: Readonly<Record<string, number>> = { ...meta?.reserved };
  /** No row has a greater number. */
  function limitOf(table: string): number {
    const sure = greatest.get(table) ?? 0;
    return Math.max(sure, reserved[table] ?? sure + MARGIN);
  }

  // What damaged pages say comes after what is sure, and must be likely.
  for (const page of unsure) {
    for (const carved of carving.at(page)) {
      const { table, rows, sound } = carved;
      if (sound || table === 'meta') continue;
      const limit = limitOf(table);
      take({ ...carved, rows: rows.filter((row) => keyOf(row) <= limit) });
    }
  }

  writeMeta(sqlite, meta ?? identity, meta?.reserved ?? { readings: 0, events: 0 });
  const lost = carving.unreadable();
  for (const table of lost.tables) damaged.add(table);
  return { damagedPages: unsure.size + lost.pages, damaged, sameEpoch: meta !== undefined };
}

/** Nothing that was reserved is in doubt any more. */
function settleMeta(sqlite: Sqlite.Database): void {
  const meta = readMeta(sqlite);
  const last = { readings: namesOf(sqlite, 'readings').last(), events: namesOf(sqlite, 'events').last() };
  if (meta) writeMeta(sqlite, meta, last);
}

/** How much greater than all that is sure a key on a damaged page may be, where nothing tells how many there were. */
const MARGIN = 10_000;

/** A row's number, where it has one. */
function keyOf(row: readonly Field[] | undefined): number {
  const [key] = row ?? [];
  return typeof key === 'number' ? key : 0;
}

/** The version of the schema that the file says it has, or the newest. */
function versionOf(pages: Pages): number {
  const head = pages.current(1);
  const said = head ? new DataView(head.buffer, head.byteOffset).getUint32(60) : 0;
  return said >= 1 && said <= newestVersion ? said : newestVersion;
}

function inserter(sqlite: Sqlite.Database, tables: readonly string[]): (table: string, row: Field[]) => void {
  const statements = new Map(
    tables.map((table) => {
      const columns = (sqlite.pragma(`table_info(${table})`) as unknown[]).map(() => '?');
      return [table, sqlite.prepare<Field[]>(`INSERT OR IGNORE INTO ${table} VALUES (${columns})`)];
    }),
  );
  return (table, row) => void statements.get(table)?.run(...row);
}

function metaIn([device, epoch, readings, events, proof]: readonly Field[]): Meta[] {
  const meta = metaOf({
    device: String(device),
    epoch: String(epoch),
    readings: Number(readings ?? 0),
    events: Number(events ?? 0),
    proof: typeof proof === 'string' ? proof : null,
  });
  return meta ? [meta] : [];
}

/** A log may still have an older image of the row than the file itself. */
function newestOf(metas: readonly Meta[]): Meta | undefined {
  return metas.toSorted((a, b) => (b.reserved?.readings ?? 0) - (a.reserved?.readings ?? 0))[0];
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
