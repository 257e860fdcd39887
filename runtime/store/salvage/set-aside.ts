import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** So many damaged files are kept for whoever wants to look at them. */
const KEPT = 2;

/** A damaged file while its rows are being fetched, and the new one that they go into. */
export const damagedFile = (file: string) => `${file}.damaged`;
export const newFile = (file: string) => `${file}.salvaging`;

/** True from when a file was set aside until its rows are in place again, even over a power cut. */
export function isSetAside(file: string): boolean {
  return existsSync(damagedFile(file));
}

/**
 * Moves a damaged database and its log out of the way. To be called before its connection is closed: SQLite would
 * otherwise write the log back into a file that must stay as it is. What looks like no database at all stays in its
 * place, as somebody may have named the wrong file.
 */
export function setAside(file: string): void {
  if (isText(file) || isSetAside(file)) return;
  renameSync(file, damagedFile(file));
  moveLog(file);
}

/** Brings the log after its database, where a power cut came between. */
export function moveLog(file: string): void {
  moveIfThere(`${file}-wal`, `${damagedFile(file)}-wal`);
  rmSync(`${file}-shm`, { force: true });
}

/** Dates the damaged file and lets go of the oldest. @param time wall time in ms; @returns its path */
export function keepDamaged(file: string, time: number, most: number): string {
  const date = new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');
  const taken = keptFiles(file).map(({ path }) => path);
  let path = `${damagedFile(file)}-${date}`;
  for (let other = 2; taken.includes(path); other++) path = `${damagedFile(file)}-${date}-${other}`;
  moveIfThere(`${damagedFile(file)}-wal`, `${path}-wal`);
  rmSync(`${damagedFile(file)}-shm`, { force: true });
  renameSync(damagedFile(file), path);
  prune(file, path, most);
  return path;
}

/** Lets go of all dated files; false where there is none. */
export function dropKept(file: string): boolean {
  const all = keptFiles(file);
  for (const { path } of all) removeDatabase(path);
  return all.length > 0;
}

/** Takes a database away, with all that belongs to it. */
export function removeDatabase(path: string): void {
  for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
}

/** @param newest stays in any case */
function prune(file: string, newest: string, most: number): void {
  const others = keptFiles(file).filter(({ path }) => path !== newest);
  let bytes = statSync(newest).size;
  for (const [index, { path, size }] of others.toSorted((a, b) => b.changed - a.changed).entries()) {
    bytes += size;
    if (index + 1 < KEPT && bytes <= most) continue;
    removeDatabase(path);
  }
}

interface Kept {
  path: string;
  size: number;
  changed: number;
}

/** The dated files, without their logs. */
function keptFiles(file: string): Kept[] {
  const begin = `${basename(damagedFile(file))}-`;
  return readdirSync(dirname(file))
    .filter((name) => name.startsWith(begin) && /^\d{8}T\d{6}Z(-\d+)?$/.test(name.slice(begin.length)))
    .map((name) => {
      const path = join(dirname(file), name);
      const { size, ctimeMs } = statSync(path);
      return { path, size, changed: ctimeMs };
    });
}

function moveIfThere(from: string, to: string): void {
  if (existsSync(from)) renameSync(from, to);
}

/** Something readable, with no zero byte in its first page: no database was ever in it. */
function isText(file: string): boolean {
  const descriptor = openSync(file, 'r');
  try {
    const start = Buffer.alloc(4_096);
    const length = readSync(descriptor, start, 0, start.length, 0);
    return length > 0 && !start.subarray(0, length).includes(0);
  } finally {
    closeSync(descriptor);
  }
}
