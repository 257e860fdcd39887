import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where Electron's package is, found as Node finds it; importing the package itself would start a download. */
export function electronFolder(from: string = import.meta.url): string | undefined {
  try {
    return dirname(createRequire(from).resolve('electron/package.json'));
  } catch {
    return undefined;
  }
}

/** The path of Electron's binary below its package's folder; undefined where it was never fetched. */
export function electronBinary(folder: string | undefined): string | undefined {
  if (folder === undefined) return undefined;
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : undefined;
}

/** Electron under the name that packaging gave it, in the folder above this program's `resources/app`. */
export function packagedElectron(from: string = import.meta.url): string | undefined {
  const binary = fileURLToPath(new URL('../../../../../ushelter-electron', from));
  return existsSync(binary) ? binary : undefined;
}
