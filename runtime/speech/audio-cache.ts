import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isWholeWav } from './wav.js';

/** Sound that was made before, on disk. It never takes more than it may, and the longest unheard goes first. */
export interface AudioCache {
  /** Undefined where it is not there, or not whole. Never rejects. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** Rejects with the system's own error where it cannot be kept. */
  write(key: string, audio: Uint8Array): Promise<void>;
}

const suffix = '.wav';

/** @param most bytes; nothing else may lie in the folder */
export function audioCache(folder: string, most: number): AudioCache {
  /** Bytes by key, the longest unheard first. */
  let known: Promise<Map<string, number>> | undefined;
  let writing: Promise<void> = Promise.resolve();

  const fileOf = (key: string) => join(folder, `${key}${suffix}`);

  function all(): Promise<Map<string, number>> {
    known ??= find(folder).catch(() => new Map());
    return known;
  }

  async function forget(key: string): Promise<void> {
    (await all()).delete(key);
    await rm(fileOf(key), { force: true });
  }

  async function makeRoom(bytes: number): Promise<void> {
    const files = await all();
    let taken = [...files.values()].reduce((sum, size) => sum + size, 0);
    for (const [key, size] of [...files]) {
      if (taken + bytes <= most) return;
      await forget(key);
      taken -= size;
    }
  }

  async function add(key: string, audio: Uint8Array): Promise<void> {
    if (audio.length > most) return;
    await makeRoom(audio.length);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const part = join(folder, 'part');
    await writeFile(part, audio, { mode: 0o600 });
    await rename(part, fileOf(key));
    (await all()).set(key, audio.length);
  }

  return {
    async read(key) {
      const files = await all();
      const size = files.get(key);
      if (size === undefined) return undefined;
      const audio = await readFile(fileOf(key)).catch(() => undefined);
      if (!audio || !isWholeWav(audio)) {
        await forget(key).catch(() => {});
        return undefined;
      }
      files.delete(key);
      files.set(key, size);
      return audio;
    },
    write(key, audio) {
      const added = writing.then(() => add(key, audio));
      writing = added.catch(() => {});
      return added;
    },
  };
}

/** What a folder holds from before, the oldest first. */
async function find(folder: string): Promise<Map<string, number>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(suffix));
  const files = await Promise.all(
    names.map(async (name) => ({ key: name.slice(0, -suffix.length), ...(await stat(join(folder, name))) })),
  );
  return new Map(files.toSorted((a, b) => a.mtimeMs - b.mtimeMs).map(({ key, size }) => [key, size]));
}
