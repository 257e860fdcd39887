import { closeSync, openSync, readSync, statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { readMeta } from './meta.js';
import { migrate, newestVersion } from './migrations.js';
import { damage } from './problems.js';

/** A file up to this size, in bytes, is checked whole when it is opened, which takes some ms per MB. */
const CHECKED = 134_217_728;

const HEAD = 100;

/** Bytes of a database's head that are always the same in ours; SQLite would take another for something else's. */
const fixed: readonly (readonly [at: number, allowed: readonly number[]])[] = [
  [18, [1, 2]],
  [19, [1, 2]],
  [20, [0]],
  [21, [64]],
  [22, [32]],
  [23, [32]],
  [44, [0]],
  [45, [0]],
  [46, [0]],
  [47, [4]],
  [56, [0]],
  [57, [0]],
  [58, [0]],
  [59, [1]],
];

/** Where a head says which schema the file has, how it is written, and the encoding of texts. */
const aboutSchema = [40, 41, 42, 43, 44, 45, 46, 47, 56, 57, 58, 59];

/** Throws where the head of a database says something that ours never do. A file that is new has none. */
export function checkHead(file: string): void {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return;
  const head = Buffer.alloc(HEAD);
  const descriptor = openSync(file, 'r');
  const length = readSync(descriptor, head, 0, HEAD, 0);
  closeSync(descriptor);
  // What is no database at all, SQLite itself says of better.
  if (length < HEAD || !head.toString('latin1').startsWith('SQLite format 3')) return;
  // Whoever died while making it has left no table, or all of them in the log.
  if (aboutSchema.every((at) => head.readUInt8(at) === 0)) return;
  for (const [at, allowed] of fixed) {
    if (!allowed.includes(head.readUInt8(at))) throw damage(`byte ${at} of the file’s head is wrong`);
  }
}

/**
 * Throws where the file's structure is broken, or its tables are not those of its version. SQLite by itself notices
 * only what it happens to come across. To be called before the database is brought to another version.
 */
export function checkStructure(sqlite: Sqlite.Database): void {
  const figure = (name: string) => Number(sqlite.pragma(name, { simple: true }));
  if (figure('page_count') * figure('page_size') <= CHECKED) {
    const result = sqlite.pragma('quick_check(1)', { simple: true });
    if (result !== 'ok') throw damage(String(result));
  }
  const version = figure('user_version');
  if (version < 0) throw damage('it has no possible version');
  if (version > newestVersion) checkIsNewer(sqlite, version);
  else checkSchema(sqlite, version);
}

function checkSchema(sqlite: Sqlite.Database, version: number): void {
  const there = new Map(schemaOf(sqlite).map(({ name, sql }) => [name, sql]));
  if (version === 0 && there.size > 0) throw damage('it has tables and no version');
  for (const { name, sql } of expectedSchema(version)) {
    if (there.get(name) !== sql) throw damage(`${name} is not as version ${version} has it`);
  }
}

/** One wrong byte makes a newer version of one of ours; but the row that this program has signed tells. */
function checkIsNewer(sqlite: Sqlite.Database, said: number): void {
  const ours = Array.from({ length: newestVersion }, (_, index) => index + 1);
  const isNear = ours.some((version) =>
    [0, 8, 16, 24].some((bit) => ((version ^ said) & ~(0xff << bit)) === 0),
  );
  if (isNear && isOurs(sqlite)) throw damage(`${said} is not the version that it was made with`);
}

function isOurs(sqlite: Sqlite.Database): boolean {
  try {
    return readMeta(sqlite)?.reserved !== undefined;
  } catch {
    return false;
  }
}

interface Entry {
  name: string;
  sql: string | null;
}

function schemaOf(sqlite: Sqlite.Database): Entry[] {
  return sqlite.prepare<[], Entry>('SELECT name, sql FROM sqlite_schema').all();
}

function expectedSchema(version: number): Entry[] {
  const template = new Sqlite(':memory:');
  try {
    migrate(template, version);
    return schemaOf(template);
  } finally {
    template.close();
  }
}
