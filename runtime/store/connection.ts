import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { ShelterError } from '../../config/errors.js';
import { type Identity, type Meta, readMeta, writeMeta } from './meta.js';
import { migrate, newestVersion } from './migrations.js';
import type { Salvage } from './port.js';
import { damage, isDamage, unusable } from './problems.js';
import { isLogBehind } from './salvage/behind.js';
import { setAside } from './salvage/set-aside.js';
import { checkHead, checkStructure } from './soundness.js';

/** How long, in ms, a lock of another program is waited for. */
const PATIENCE = 2_000;

/** In bytes. A commit changes little, and each page that it touches goes to the card whole. */
const PAGE = 512;

/** As `PRAGMA auto_vacuum` has it: freed pages can be given back a few at a time. */
const INCREMENTAL = 2;

/** Enough for the pages that one commit, lease or step of upkeep touches. */
const CACHE_KIB = 1_024;

/** An open database at the newest version. */
export interface Connection {
  sqlite: Sqlite.Database;
  file: string;
  /** What its row says; kept up with it. */
  meta: Meta;
  /** What had to be done to open it; null where nothing was wrong. */
  salvaged: Salvage | null;
}

/**
 * Opens the file, and makes it and its folder where missing. Throws (STORE_UNUSABLE) where that cannot be; a damaged
 * file is set aside by that.
 */
export function connect(file: string, identity: Identity): Connection {
  let sqlite: Sqlite.Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    checkHead(file);
    if (isLogBehind(file)) throw damage('its log has lost what the file has');
    sqlite = new Sqlite(file, { timeout: PATIENCE });
    if (figure(sqlite, 'page_count') === 0) shape(sqlite);
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = OFF');
    sqlite.pragma(`cache_size = -${CACHE_KIB}`);
    checkStructure(sqlite);
    const version = figure(sqlite, 'user_version');
    migrate(sqlite);
    reshape(sqlite);
    return { sqlite, file, meta: claim(sqlite, file, identity, version !== newestVersion), salvaged: null };
  } catch (error) {
    if (isDamage(error)) setAside(file);
    sqlite?.close();
    throw unusable(file, 'opened', error);
  }
}

/** To be called before a file has pages, or before it is written anew. */
export function shape(sqlite: Sqlite.Database): void {
  sqlite.pragma(`page_size = ${PAGE}`);
  sqlite.pragma(`auto_vacuum = ${INCREMENTAL}`);
}

/** A file that an older version has made is written anew, once. */
function reshape(sqlite: Sqlite.Database): void {
  if (figure(sqlite, 'page_size') === PAGE && figure(sqlite, 'auto_vacuum') === INCREMENTAL) return;
  sqlite.pragma('journal_mode = DELETE');
  shape(sqlite);
  sqlite.exec('VACUUM');
  sqlite.pragma('journal_mode = WAL');
}

function figure(sqlite: Sqlite.Database, name: string): number {
  return Number(sqlite.pragma(name, { simple: true }));
}

/** Makes a new database the device's own, or sees that it is. */
function claim(sqlite: Sqlite.Database, file: string, identity: Identity, isMigrated: boolean): Meta {
  const meta = readMeta(sqlite);
  if (!meta) {
    const reserved = { readings: 0, events: 0 };
    writeMeta(sqlite, identity, reserved);
    return { ...identity, reserved };
  }
  if (meta.device !== identity.device) {
    throw new ShelterError(
      'STORE_UNUSABLE',
      `The database ${file} holds the readings of ${meta.device}, not of ${identity.device}.`,
      { hint: 'Correct `id` in the site file, or move the database aside; a new one is made.' },
    );
  }
  // Written by an older version, it has that one's proof, or none.
  if (meta.reserved && isMigrated) writeMeta(sqlite, meta, meta.reserved);
  return meta;
}
