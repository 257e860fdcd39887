import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterFile } from './clean-up.js';

/** A file system of its own, of a few MB, that can be filled and be made read-only. */
export interface SmallDisk {
  folder: string;
  /** Takes every free page. */
  fill(): void;
  /** Gives them back. */
  empty(): void;
  remount(mode: 'ro' | 'rw'): void;
}

/** What mounts one lacks here; empty where it can be done. Whoever calls for it says so where tests are skipped. */
export function lackingForSmallDisk(): string[] {
  if (process.platform !== 'linux') return ['Linux'];
  if (process.getuid?.() !== 0) return ['the rights of root, to mount a small disk'];
  try {
    unmount(mount(4_096));
    return [];
  } catch (error) {
    return [`the right to mount a tmpfs (${error instanceof Error ? error.message.trim() : error})`];
  }
}

/** Gone after the tests of the file. @param bytes that it holds */
export function smallDisk(bytes: number): SmallDisk {
  const folder = mount(bytes);
  afterFile(() => unmount(folder));
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill: () => writeUntilFull(ballast),
    empty: () => rmSync(ballast, { force: true }),
    remount: (mode) => void execFileSync('mount', ['-o', `remount,${mode}`, folder]),
  };
}

function mount(bytes: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'ushelter-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder], { stdio: 'pipe' });
  } catch (error) {
    rmdirSync(folder);
    throw error;
  }
  return folder;
}

/** Lazily, as a test that failed may have left something open there. */
function unmount(folder: string): void {
  execFileSync('umount', ['-l', folder]);
  rmdirSync(folder);
}

function writeUntilFull(file: string): void {
  const descriptor = openSync(file, 'a');
  const page = Buffer.alloc(4_096, 1);
  try {
    for (;;) writeSync(descriptor, page);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(descriptor);
  }
}
