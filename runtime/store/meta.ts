import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { newestVersion } from './migrations.js';
import type { Log } from './port.js';
import { damage } from './problems.js';

/** Whose database it is. */
export interface Identity {
  device: string;
  epoch: string;
}

/** What the one row of `meta` says. */
export interface Meta extends Identity {
  /** Of each log, the greatest seq that may have been given; undefined where an older version wrote the row. */
  reserved: Record<Log, number> | undefined;
}

/** The row as it lies in the file. */
interface Row extends Identity {
  readings: number;
  events: number;
  proof: string | null;
}

/** Undefined in a new database. Throws where the row is not what was written. */
export function readMeta(sqlite: Database): Meta | undefined {
  const row = sqlite
    .prepare<[], Row>(
      'SELECT device, epoch, reserved_readings AS readings, reserved_events AS events, proof FROM meta',
    )
    .get();
  if (!row) return undefined;
  const meta = metaOf(row);
  if (!meta) throw damage('the row that names it is not what was written');
  return meta;
}

/** Writes the row. Its proof goes with the version that the database has now. */
export function writeMeta(sqlite: Database, identity: Identity, reserved: Record<Log, number>): void {
  const version = Number(sqlite.pragma('user_version', { simple: true }));
  sqlite
    .prepare(
      `INSERT OR REPLACE INTO meta (rowid, device, epoch, reserved_readings, reserved_events, proof)
       VALUES (1, ?, ?, ?, ?, ?)`,
    )
    .run(
      identity.device,
      identity.epoch,
      reserved.readings,
      reserved.events,
      proofOf(identity, reserved, version),
    );
}

/** Undefined where the row's proof does not fit it. */
export function metaOf({ device, epoch, readings, events, proof }: Row): Meta | undefined {
  const reserved = { readings, events };
  if (proof === null) return { device, epoch, reserved: undefined };
  const isProven = provenVersions.some((version) => proof === proofOf({ device, epoch }, reserved, version));
  return isProven ? { device, epoch, reserved } : undefined;
}

/** The versions of the schema that have proofs, and that this program knows. */
const provenVersions = Array.from({ length: newestVersion - 2 }, (_, index) => newestVersion - index);

/** Sixteen hex digits, which a flipped bit anywhere in the row does not fit. */
function proofOf(
  { device, epoch }: Identity,
  { readings, events }: Record<Log, number>,
  version: number,
): string {
  const text = JSON.stringify([device, epoch, readings, events, version]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
