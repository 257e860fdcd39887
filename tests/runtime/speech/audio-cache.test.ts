import {
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { audioCache } from '../../../runtime/speech/audio-cache.js';
import { wholeWav } from '../../../runtime/speech/wav.js';
import { scratchFolder } from '../../rigs/scratch.js';
import { openEndedWav } from './wav.js';

/** 1044 bytes each. */
const audio = wholeWav(openEndedWav(500)) ?? Buffer.alloc(0);

function bytesIn(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

it('What was spoken is there again, after a restart too', async () => {
  const folder = join(scratchFolder(), 'speech');
  const cache = audioCache(folder, 10_000);
  expect(await cache.read('a')).toBeUndefined();
  await cache.write('a', audio);
  expect(await cache.read('a')).toEqual(Buffer.from(audio));
  expect(await audioCache(folder, 10_000).read('a')).toEqual(Buffer.from(audio));
});

it('It never takes more bytes than it may, and the longest unheard goes first', async () => {
  const folder = scratchFolder();
  const cache = audioCache(folder, 3_500);
  for (const key of ['a', 'b', 'c']) await cache.write(key, audio);
  await cache.read('a');
  await cache.write('d', audio);
  expect(
    await Promise.all(['a', 'b', 'c', 'd'].map(async (key) => [key, (await cache.read(key)) !== undefined])),
  ).toEqual([
    ['a', true],
    ['b', false],
    ['c', true],
    ['d', true],
  ]);
  await Promise.all(Array.from({ length: 50 }, (_, index) => cache.write(`many-${index}`, audio)));
  expect(bytesIn(folder)).toBeLessThanOrEqual(3_500);
});

it('A smaller bound holds from the next write after the restart on, the oldest going first', async () => {
  const folder = scratchFolder();
  for (const [index, key] of ['new', 'old', 'middle'].entries()) {
    writeFileSync(join(folder, `${key}.wav`), audio);
    utimesSync(join(folder, `${key}.wav`), 100 - index, { new: 300, old: 100, middle: 200 }[key] ?? 0);
  }
  const cache = audioCache(folder, 2_200);
  await cache.write('newest', audio);
  expect(readdirSync(folder).sort()).toEqual(['new.wav', 'newest.wav']);
});

it('What is greater than the whole of it is not kept', async () => {
  const folder = scratchFolder();
  await audioCache(folder, 1_000).write('a', audio);
  expect(readdirSync(folder)).toEqual([]);
});

it('What a power cut left half written is not heard, and goes', async () => {
  const folder = scratchFolder();
  await audioCache(folder, 10_000).write('a', audio);
  truncateSync(join(folder, 'a.wav'), 700);
  expect(await audioCache(folder, 10_000).read('a')).toBeUndefined();
  expect(existsSync(join(folder, 'a.wav'))).toBe(false);
});

it('Where nothing can be written that is said, and nothing breaks', async () => {
  const file = join(scratchFolder(), 'no-folder');
  writeFileSync(file, '');
  const cache = audioCache(file, 10_000);
  expect(await cache.read('a')).toBeUndefined();
  await expect(cache.write('a', audio)).rejects.toThrow();
  expect(await cache.read('a')).toBeUndefined();
});

it('Files of others in the folder are left alone', async () => {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'sub'));
  writeFileSync(join(folder, 'notes.txt'), 'x'.repeat(5_000));
  await audioCache(folder, 2_000).write('a', audio);
  expect(readdirSync(folder).sort()).toEqual(['a.wav', 'notes.txt', 'sub']);
});
