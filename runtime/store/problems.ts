import { ShelterError } from '../../config/errors.js';

/** Where the disk has no room. Without any, not even the index of the write-ahead log can be made. */
const full = /^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE|ENOSPC)/;

/** What a technician can do, by the beginning of the system's or SQLite's own code. */
const hints: readonly (readonly [codes: RegExp, hint: string])[] = [
  [full, 'The disk is full: free some space; what waits is then stored by itself.'],
  [
    /^(SQLITE_CORRUPT|SQLITE_NOTADB)/,
    'The file is damaged or no database: move it aside together with its -wal and -shm; a new one is made.',
  ],
  [/^(SQLITE_BUSY|SQLITE_LOCKED)/, 'Another program holds the database: find it with `fuser -v FILE`.'],
  [
    /^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|EACCES|EPERM|EROFS|ENOENT|ENOTDIR|EEXIST)/,
    'Check that the user who runs ushelter may write the folder, and that the card is not mounted read-only.',
  ],
  [/^SQLITE_IOERR/, 'The card may be worn out: see what the kernel says with `dmesg`, and replace it.'],
];

/** The error for a database whose bytes are not what was written, where SQLite itself does not notice. */
export function damage(what: string): Error {
  return Object.assign(new Error(what), { code: 'SQLITE_CORRUPT' });
}

/** Whether the database's own bytes are to blame, so that salvaging can help and trying again cannot. */
export function isDamage(error: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(causeOf(error)));
}

export function isFull(error: unknown): boolean {
  return full.test(codeOf(causeOf(error)));
}

/** The error for a database that takes its time. */
export function silent(file: string): ShelterError {
  return new ShelterError('STORE_UNUSABLE', `The database ${file} has not answered yet.`, {
    hint: 'Wait a little. Where this lasts, the card may be worn out: see what the kernel says with `dmesg`.',
  });
}

/** The error for a database that could not be used: where, in doing what, and why. */
export function unusable(file: string, doing: string, cause: unknown): ShelterError {
  if (cause instanceof ShelterError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  const code = codeOf(cause);
  if (isPackageMissing(code, reason)) return packageMissing(reason, cause);
  const hint = hints.find(([codes]) => codes.test(code))?.[1];
  const because = code && !reason.includes(code) ? `${reason} (${code})` : reason;
  return new ShelterError('STORE_UNUSABLE', `The database ${file} could not be ${doing}: ${because}.`, {
    cause,
    ...(hint && { hint: hint.replace('FILE', file) }),
  });
}

/** The error for a database whose thread has ended, be it before it could begin. */
export function threadEnded(cause: Error): ShelterError {
  if (isPackageMissing(codeOf(cause), cause.message)) return packageMissing(cause.message, cause);
  return new ShelterError('STORE_UNUSABLE', `The database’s thread ended: ${cause.message}.`, {
    cause,
    hint: 'It is started again by itself. Where this repeats, the log says more.',
  });
}

function isPackageMissing(code: string, reason: string): boolean {
  return /^ERR_(DLOPEN_FAILED|MODULE_NOT_FOUND)$/.test(code) || /^Could not locate the bindings/.test(reason);
}

function packageMissing(reason: string, cause: unknown): ShelterError {
  return new ShelterError('NATIVE_PACKAGE_MISSING', `better-sqlite3 does not load: ${reason}`, {
    cause,
    hint: 'Run `npm install` or `npm rebuild better-sqlite3`, with a C++ compiler at hand.',
  });
}

function causeOf(error: unknown): unknown {
  return error instanceof ShelterError ? error.cause : error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
