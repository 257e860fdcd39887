import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ShelterError } from '../../../config/errors.js';
import { messageOf } from '../../problem.js';
import { readDirectory, readEntry } from './zip.js';

/** The text files of a timetable, in a folder or in a zip file. */
export interface GtfsFiles {
  /** The bytes of a file, in pieces; undefined where there is none of that name. Rejects with TIMETABLE_UNUSABLE. */
  read(name: string): AsyncIterable<Uint8Array> | undefined;
  close(): Promise<void>;
}

/** What changes when another timetable takes the place. Rejects with TIMETABLE_UNUSABLE. */
export async function versionOf(path: string): Promise<string> {
  const { mtimeMs, size, isFolder } = await look(path);
  if (!isFolder) return `${mtimeMs} ${size}`;
  const times = await look(join(path, 'stop_times.txt')).catch(() => undefined);
  return `${mtimeMs} ${times?.mtimeMs} ${times?.size}`;
}

/** Opens a timetable. Rejects with TIMETABLE_UNUSABLE. */
export async function openFiles(path: string): Promise<GtfsFiles> {
  return (await look(path)).isFolder ? openFolder(path) : openZip(path);
}

async function openFolder(folder: string): Promise<GtfsFiles> {
  const { readdir } = await import('node:fs/promises');
  const names = new Set(await readdir(folder));
  return {
    read: (name) => (names.has(name) ? explained(createReadStream(join(folder, name)), name) : undefined),
    close: async () => {},
  };
}

async function openZip(file: string): Promise<GtfsFiles> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const read = async (from: number, length: number) => {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, from);
      return buffer.subarray(0, bytesRead);
    };
    const entries = await readDirectory(read, size);
    return {
      read(name) {
        // Some pack the folder rather than what is in it.
        const entry = entries.get(name) ?? [...entries.values()].find((one) => one.name.endsWith(`/${name}`));
        return entry && explained(readEntry(read, entry), name);
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw unusable(file, error);
  }
}

async function look(path: string): Promise<{ mtimeMs: number; size: number; isFolder: boolean }> {
  try {
    const found = await stat(path);
    return { mtimeMs: found.mtimeMs, size: found.size, isFolder: found.isDirectory() };
  } catch (error) {
    throw unusable(path, error);
  }
}

async function* explained(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    throw unusable(name, error);
  }
}

function unusable(what: string, cause: unknown): ShelterError {
  if (cause instanceof ShelterError) return cause;
  return new ShelterError('TIMETABLE_UNUSABLE', `${what}: ${messageOf(cause)}.`, { cause });
}
