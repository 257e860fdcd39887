import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { StoredReading } from '../../../runtime/reading.js';
import type { LedgerEntry, Log } from '../../../runtime/store/port.js';
import { openStore } from '../../../runtime/store/store.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { temporaryFolder } from './folder.js';

const writer = fileURLToPath(new URL('../../rigs/store-writer.mjs', import.meta.url));
const kills = 20;

/** The greatest seq of each kind that a killed process has said. */
type Said = Record<'committed' | 'recorded' | 'settling' | 'settled', number>;

/** When to kill a process: so many ms after its nth line, or after its start where `lines` is 0. */
interface Moment {
  lines: number;
  delay: number;
}

async function writeUntilKilled(file: string, run: number, { lines, delay }: Moment): Promise<Said> {
  const child = spawn(process.execPath, [writer, file, String(run)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Said = { committed: 0, recorded: 0, settling: 0, settled: 0 };
  let complaints = '';
  child.stderr.on('data', (chunk) => {
    complaints += chunk;
  });
  const ended = once(child, 'close');
  const kill = () => setTimeout(() => child.kill('SIGKILL'), delay);
  let left = lines;
  if (left === 0) kill();
  for await (const line of createInterface({ input: child.stdout })) {
    const [what, seq] = line.split(' ');
    said[what as keyof Said] = Number(seq);
    if (--left === 0) kill();
  }
  const [, signal] = await ended;
  expect(complaints).toBe('');
  expect(signal).toBe('SIGKILL');
  return said;
}

/** A small generator of random numbers in [0, 1), the same for each run of the test (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

it(`keeps each committed reading once, names none twice and resends only what was not settled, over ${kills} kills`, async () => {
  const file = join(temporaryFolder(), 'readings.db');
  const random = randomFrom(20_260_101);
  let settledBefore = 0;
  let rowsBefore = 0;
  const epochs = new Set<string>();

  for (let run = 1; run <= kills; run++) {
    const lines = run % 5 === 1 ? 0 : 1 + Math.floor(random() * 40);
    const delay = random() * (lines === 0 ? 150 : 10);
    const said = await writeUntilKilled(file, run, { lines, delay });

    const store = await openStore({
      file,
      device: 'shelter-1',
      commitInterval: 10_000,
      clock: virtualClock(),
    });
    epochs.add(store.epoch);
    const everything = (await store.lease('reconciler', 'readings', 1e9)).rows;
    const events = (await store.lease('reconciler', 'events', 1e9)).rows;
    const [next] = (await store.lease('city', 'readings', 1)).rows;
    const { last } = await store.status();
    const ledger = await store.ledger({ most: 1_000 });
    await store.close();

    expect(everything.map(({ seq }) => seq)).toEqual(seqsNotSkipped(ledger, 'readings', everything));
    expect(events.map(({ seq }) => seq)).toEqual(seqsNotSkipped(ledger, 'events', events));
    expect(everything.at(-1)?.seq ?? 0).toBeGreaterThanOrEqual(said.committed);
    expect(events.at(-1)?.seq ?? 0).toBeGreaterThanOrEqual(said.recorded);
    expect(last.readings).toBe(everything.at(-1)?.seq ?? 0);
    expect(valuesOf(everything.slice(rowsBefore), run)).toEqual(
      everything.slice(rowsBefore).map((_, index) => index),
    );

    const settled = next ? (everything.findLast(({ seq }) => seq < next.seq)?.seq ?? 0) : last.readings;
    expect(settled).toBeGreaterThanOrEqual(Math.max(settledBefore, said.settled));
    expect(settled).toBeLessThanOrEqual(Math.max(settledBefore, said.settling));
    settledBefore = settled;
    rowsBefore = everything.length;
  }

  expect(epochs.size).toBe(1);
  expect(rowsBefore).toBeGreaterThan(kills);
  const sqlite = new Sqlite(file, { readonly: true });
  expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  sqlite.close();
}, 60_000);

/** Every seq up to the last row's that the ledger does not say was passed over. */
function seqsNotSkipped(
  ledger: readonly LedgerEntry[],
  log: Log,
  rows: readonly { seq: number }[],
): number[] {
  const skipped = ledger.filter((entry) => entry.log === log && entry.what === 'skipped');
  const isGiven = (seq: number) => !skipped.some(({ first, last }) => first <= seq && seq <= last);
  const { seq: last } = rows.at(-1) ?? { seq: 0 };
  return Array.from({ length: last }, (_, index) => index + 1).filter(isGiven);
}

/** What a run numbered its readings with; each of them must be the run's own. */
function valuesOf(readings: readonly StoredReading[], run: number): (number | null)[] {
  expect(readings.filter(({ raw }) => raw !== run)).toEqual([]);
  return readings.map(({ value }) => value);
}
