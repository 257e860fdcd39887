import { readFileSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';

/** A folder's worth of a file system, as far as small files need it. Everything rejects with the system's own error. */
export interface Disk {
  /** Undefined where there is no such file. */
  read(file: string): Uint8Array | undefined;
  makeFolder(folder: string): Promise<void>;
  /** Makes or overwrites a file; only `sync` brings it to the card. */
  write(file: string, bytes: Uint8Array): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Resolves when a file's content, or a folder's list of names, is on the card. */
  sync(path: string): Promise<void>;
}

export const machineDisk: Disk = {
  read(file) {
    try {
      return readFileSync(file);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  },
  async makeFolder(folder) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  },
  async write(file, bytes) {
    const handle = await open(file, 'w', 0o600);
    try {
      await handle.writeFile(bytes);
    } finally {
      await handle.close();
    }
  },
  rename,
  async sync(path) {
    const handle = await open(path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
};
