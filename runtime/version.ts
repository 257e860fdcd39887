import { readFileSync } from 'node:fs';
import { packageRoot } from './package-root.js';

/** The version of this package. */
export const version: string = JSON.parse(readFileSync(`${packageRoot}package.json`, 'utf8')).version;
