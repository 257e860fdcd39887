import type { Database } from 'better-sqlite3';
import { ShelterError } from '../../config/errors.js';

/**
 * The schema, step by step: step n leads from version n to version n + 1. A step that was released is never changed.
 *
 * A commit should touch one page, the last of `readings`; so there is no index on it beside its key, no AUTOINCREMENT
 * (its counter is a second page), and streams and boots are small integers. What an index on time would do, `spans`
 * does at one row per thousand readings.
 */
const migrations: readonly string[] = [
  `
  -- One row: whose readings these are. The epoch is drawn when the file is made.
  CREATE TABLE meta (device TEXT NOT NULL, epoch TEXT NOT NULL) STRICT;

  -- A run of the program, which monotonic times count in; \`time\` and \`monotonic\` were read together at its start.
  CREATE TABLE boots (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    time INTEGER NOT NULL,
    monotonic INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE streams (
    id INTEGER PRIMARY KEY,
    sensor TEXT NOT NULL,
    property TEXT NOT NULL,
    unit TEXT NOT NULL,
    UNIQUE (sensor, property, unit)
  ) STRICT;

  -- \`raw\` is NULL where it equals the value, and 'none' where there was none beside a value.
  CREATE TABLE readings (
    seq INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL REFERENCES streams,
    boot INTEGER NOT NULL REFERENCES boots,
    monotonic INTEGER NOT NULL,
    time INTEGER NOT NULL,
    value REAL,
    raw ANY,
    quality INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    boot INTEGER NOT NULL REFERENCES boots,
    monotonic INTEGER NOT NULL,
    time INTEGER NOT NULL,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    detail TEXT NOT NULL
  ) STRICT;

  -- The wall times between which a run of readings lies. Readings after the last run have none yet.
  CREATE TABLE spans (
    first INTEGER PRIMARY KEY,
    last INTEGER NOT NULL,
    least INTEGER NOT NULL,
    greatest INTEGER NOT NULL
  ) STRICT;

  -- The greatest seq that no row proves any more. A seq is given once, whoever deletes the newest rows.
  CREATE TABLE retired (log TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TRIGGER readings_retire BEFORE DELETE ON readings
  WHEN OLD.seq = (SELECT max(seq) FROM readings) BEGIN
    INSERT INTO retired VALUES ('readings', OLD.seq)
    ON CONFLICT (log) DO UPDATE SET seq = max(seq, excluded.seq);
  END;

  CREATE TRIGGER events_retire BEFORE DELETE ON events
  WHEN OLD.seq = (SELECT max(seq) FROM events) BEGIN
    INSERT INTO retired VALUES ('events', OLD.seq)
    ON CONFLICT (log) DO UPDATE SET seq = max(seq, excluded.seq);
  END;

  -- Up to which row an uplink has settled a log.
  CREATE TABLE cursors (
    uplink TEXT NOT NULL,
    log TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (uplink, log)
  ) STRICT, WITHOUT ROWID;
  `,
];

/** Brings a database to the newest version. Throws (STORE_UNUSABLE) where a newer program has made it. */
export function migrate(connection: Database): void {
  const version = Number(connection.pragma('user_version', { simple: true }));
  if (version > migrations.length) {
    throw new ShelterError(
      'STORE_UNUSABLE',
      `The database ${connection.name} has version ${version}; this program knows versions up to ${migrations.length}.`,
      { hint: 'Install the newer u-shelter that made it, or let store.file name another file.' },
    );
  }
  for (const [index, step] of migrations.entries()) {
    if (index < version) continue;
    connection
      .transaction(() => {
        connection.exec(step);
        connection.pragma(`user_version = ${index + 1}`);
      })
      .immediate();
  }
}
