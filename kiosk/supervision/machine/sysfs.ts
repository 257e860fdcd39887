import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The kernel's devices as files: the little of it that a screen needs. What is not there is undefined. */
export interface Sysfs {
  /** Names in a folder below /sys. */
  list(folder: string): Promise<readonly string[]>;
  read(file: string): Promise<string | undefined>;
  /** Resolves to whether the kernel took it. */
  write(file: string, text: string): Promise<boolean>;
}

export function machineSysfs(root = '/sys'): Sysfs {
  return {
    list: (folder) => readdir(join(root, folder)).catch(() => []),
    read: (file) =>
      readFile(join(root, file), 'utf8').then(
        (text) => text.trim(),
        () => undefined,
      ),
    write: (file, text) =>
      writeFile(join(root, file), text).then(
        () => true,
        () => false,
      ),
  };
}
