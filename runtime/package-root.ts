import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of this package, from its sources and from its build alike. */
export const packageRoot: string = findPackageRoot();

function findPackageRoot(): string {
  const above = ['../', '../../'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const root = above.find((folder) => existsSync(`${folder}package.json`));
  if (!root) throw new Error('package.json is missing beside the program: install u-shelter anew');
  return root;
}
