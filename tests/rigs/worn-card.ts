import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/** A small generator of random numbers in [0, 1), the same for each run of a test (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Copies a database and its log as they are at this moment, as a power cut would leave them. */
export function copyDatabase(from: string, to: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${to}${end}`, { force: true });
  copyFileSync(from, to);
  if (existsSync(`${from}-wal`)) copyFileSync(`${from}-wal`, `${to}-wal`);
}

/** Puts random bytes at random places of a file. @returns the places */
export function flipBytes(file: string, count: number, random: () => number): number[] {
  const bytes = readFileSync(file);
  const places = Array.from({ length: count }, () => Math.floor(random() * bytes.length));
  for (const at of places) bytes.writeUInt8((bytes.readUInt8(at) + 1 + Math.floor(random() * 255)) % 256, at);
  writeFileSync(file, bytes);
  return places;
}
