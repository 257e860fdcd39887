import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { ShelterError } from '../../config/errors.js';
import { migrate } from './migrations.js';
import { unusable } from './problems.js';

/** How long, in ms, a lock of another program is waited for. */
const PATIENCE = 2_000;

/** In bytes. It is fixed when a file is made. */
const PAGE = 4_096;

/** The WAL goes back into the file at this size, in bytes: a page is then written back once for many commits. */
const CHECKPOINT = 1_048_576;

const CACHE_KIB = 4_096;

/** Whose database it is; the epoch counts only where the file is made now. */
export interface Identity {
  device: string;
  epoch: string;
}

/** An open database at the newest version. */
export interface Connection {
  sqlite: Sqlite.Database;
  file: string;
  epoch: string;
}

/** Opens the file, and makes it and its folder where missing. Throws (STORE_UNUSABLE) where that cannot be. */
export function connect(file: string, identity: Identity): Connection {
  let sqlite: Sqlite.Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    sqlite = new Sqlite(file, { timeout: PATIENCE });
    sqlite.pragma(`page_size = ${PAGE}`);
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = OFF');
    sqlite.pragma(`wal_autocheckpoint = ${CHECKPOINT / PAGE}`);
    sqlite.pragma(`cache_size = -${CACHE_KIB}`);
    migrate(sqlite);
    return { sqlite, file, epoch: claim(sqlite, file, identity) };
  } catch (error) {
    sqlite?.close();
    throw unusable(file, 'opened', error);
  }
}

/** Makes a new database the device's own, or sees that it is; gives its epoch. */
function claim(sqlite: Sqlite.Database, file: string, { device, epoch }: Identity): string {
  const owner = sqlite.prepare<[], Identity>('SELECT device, epoch FROM meta').get();
  if (!owner) {
    sqlite.prepare('INSERT INTO meta VALUES (?, ?)').run(device, epoch);
    return epoch;
  }
  if (owner.device !== device) {
    throw new ShelterError(
      'STORE_UNUSABLE',
      `The database ${file} holds the readings of ${owner.device}, not of ${device}.`,
      { hint: 'Correct `id` in the site file, or move the database aside; a new one is made.' },
    );
  }
  return owner.epoch;
}
