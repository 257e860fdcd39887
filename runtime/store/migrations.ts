import type { Database } from 'better-sqlite3';
import { ShelterError } from '../../config/errors.js';
import { packSingleReadings } from './pack-single-readings.js';

/** SQL, or where that is not enough, SQL around something else. */
type Migration = string | { before: string; convert(connection: Database): void; after: string };

/**
 * The schema, step by step: step n leads from version n to version n + 1. A step that was released is never changed.
 *
 * A commit should touch few pages, and small ones: so the readings of a commit are one row of `readings`, which has no
 * index beside its key and no AUTOINCREMENT (its counter is a page of its own); streams and boots are small integers.
 * What an index on time would do, `runs` does at one row per thousand readings.
 */
const migrations: readonly Migration[] = [
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
  `
  -- What an uplink has settled beyond its cursor: the newest rows go out before those of an outage.
  CREATE TABLE settled (
    uplink TEXT NOT NULL,
    log TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (uplink, log, first)
  ) STRICT, WITHOUT ROWID;

  -- Rows that could not be sent, as JSON, and why.
  CREATE TABLE quarantine (
    uplink TEXT NOT NULL,
    log TEXT NOT NULL,
    seq INTEGER NOT NULL,
    time INTEGER NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    row TEXT NOT NULL,
    PRIMARY KEY (uplink, log, seq)
  ) STRICT;
  `,
  `
  -- Of each log, the greatest seq that may have been given, and a proof that the row is what was written.
  ALTER TABLE meta ADD COLUMN reserved_readings INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE meta ADD COLUMN reserved_events INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE meta ADD COLUMN proof TEXT;
  `,
  {
    before: `
    DROP TABLE spans;
    DROP TRIGGER readings_retire;
    ALTER TABLE readings RENAME TO single_readings;

    -- A pack: several readings of one boot. \`seq\` is the greatest of theirs; \`width\` is 0, or where means stand for
    -- single readings the width of these in ms; \`time\` and \`monotonic\` are those of the first.
    CREATE TABLE readings (
      seq INTEGER PRIMARY KEY,
      boot INTEGER NOT NULL REFERENCES boots,
      width INTEGER NOT NULL,
      count INTEGER NOT NULL,
      time INTEGER NOT NULL,
      monotonic INTEGER NOT NULL,
      body BLOB NOT NULL
    ) STRICT;

    CREATE TRIGGER readings_retire BEFORE DELETE ON readings
    WHEN OLD.seq = (SELECT max(seq) FROM readings) BEGIN
      INSERT INTO retired VALUES ('readings', OLD.seq)
      ON CONFLICT (log) DO UPDATE SET seq = max(seq, excluded.seq);
    END;

    -- The packs between two seqs, and the wall times between which they lie. The newest packs are in none yet.
    CREATE TABLE runs (
      first INTEGER PRIMARY KEY,
      last INTEGER NOT NULL,
      least INTEGER NOT NULL,
      greatest INTEGER NOT NULL,
      count INTEGER NOT NULL,
      width INTEGER NOT NULL
    ) STRICT;

    -- Count, sum, range and flags of each stream, over 10 min from \`start\` on.
    CREATE TABLE rollups (start INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;

    -- One row: up to which seq all readings are in the rollups.
    CREATE TABLE rolled (seq INTEGER NOT NULL) STRICT;
    INSERT INTO rolled VALUES (0);

    -- What became of rows that are not there any more as they were.
    CREATE TABLE ledger (
      id INTEGER PRIMARY KEY,
      log TEXT NOT NULL,
      what TEXT NOT NULL,
      width INTEGER NOT NULL,
      first INTEGER NOT NULL,
      last INTEGER NOT NULL,
      least INTEGER NOT NULL,
      greatest INTEGER NOT NULL,
      before INTEGER NOT NULL,
      after INTEGER NOT NULL,
      time INTEGER NOT NULL,
      cursors TEXT NOT NULL
    ) STRICT;
    `,
    convert: packSingleReadings,
    after: 'DROP TABLE single_readings;',
  },
  `
  -- Wall time of a boot's monotonic time 0, in ms; NULL while its clock has not been synchronised, so that the times
  -- of its rows are not to be believed. \`after\` is the greatest seq of the readings before its first.
  ALTER TABLE boots ADD COLUMN origin INTEGER;
  ALTER TABLE boots ADD COLUMN after INTEGER NOT NULL DEFAULT 0;
  UPDATE boots SET origin = time - monotonic;

  -- Boots whose clock was synchronised, and whose readings after a seq and up to another have yet to get their times.
  CREATE TABLE restamps (
    boot INTEGER PRIMARY KEY,
    origin INTEGER NOT NULL,
    after INTEGER NOT NULL,
    last INTEGER NOT NULL
  ) STRICT;
  `,
];

export const newestVersion = migrations.length;

/**
 * Brings a database to a version, by default to the newest. Throws (STORE_UNUSABLE) where a newer program has made it.
 */
export function migrate(connection: Database, target = newestVersion): void {
  const version = Number(connection.pragma('user_version', { simple: true }));
  if (version > migrations.length) {
    throw new ShelterError(
      'STORE_UNUSABLE',
      `The database ${connection.name} has version ${version}; this program knows versions up to ${migrations.length}.`,
      { hint: 'Install the newer u-shelter that made it, or let store.file name another file.' },
    );
  }
  for (const [index, step] of migrations.entries()) {
    if (index < version || index >= target) continue;
    connection
      .transaction(() => {
        perform(connection, step);
        connection.pragma(`user_version = ${index + 1}`);
      })
      .immediate();
  }
}

function perform(connection: Database, step: Migration): void {
  if (typeof step === 'string') return void connection.exec(step);
  connection.exec(step.before);
  step.convert(connection);
  connection.exec(step.after);
}
