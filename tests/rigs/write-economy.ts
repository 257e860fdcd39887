import { closeSync, fsyncSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Reading } from '../../runtime/reading.js';
import { savingFor } from '../../runtime/store/cursors.js';
import { openDatabase } from '../../runtime/store/database.js';
import { seededRandom } from '../../simulators/random.js';
import { cadence, wanderingSensors } from './wandering-sensors.js';

/** What a card has to take: rollups, checkpoints, reservations and the cursor of an uplink included. */
export interface WriteEconomy {
  commits: number;
  readings: number;
  /** By the kernel's own account of this process; 0 where the folder is on no disk. */
  bytes: number;
}

export interface WriteEconomyOptions {
  /** On a real disk. */
  folder: string;
  /** Between two commits. A multiple of ten. */
  seconds: number;
  hours: number;
}

/** After so many seconds, Linux writes back by itself what was not synced: the next commit finds a clean page. */
const writeBack = 30;

const start = Date.UTC(2026, 0, 1);

/** Ten streams every 10 s for some hours of virtual time, each commit settled at once, to the last checkpoint. */
export function writeEconomy({ folder, seconds, hours }: WriteEconomyOptions): WriteEconomy {
  const place = mkdtempSync(join(folder, 'write-economy-'));
  let now = start;
  const clock = { monotonic: () => now - start, now: () => now };
  const file = join(place, 'readings.db');
  const boot = { name: 'boot', time: start, monotonic: 0 };
  const saving = savingFor(seconds * 1_000);
  const database = openDatabase({ file, device: 'shelter', epoch: 'e', boot, saving }, clock);
  const sample = wanderingSensors(start, seededRandom(1));
  let last = 0;

  function commit(): void {
    const readings: Reading[] = [];
    for (let second = 0; second < seconds; second += cadence / 1_000) {
      now += cadence;
      readings.push(...sample(now));
    }
    last = database.commit({ readings, events: [], after: { readings: last, events: 0 } }).last.readings;
    while (database.tidy());
    database.settle('city', 'readings', { first: 1, last });
    if (seconds >= writeBack) sync(`${file}-wal`);
  }

  const commits = Math.round((hours * 3_600) / seconds);
  try {
    for (let warmUp = 0; warmUp < 600 / seconds; warmUp++) commit();
    const before = { bytes: bytesWritten(), readings: last };
    for (let count = 0; count < commits; count++) commit();
    database.close();
    return { commits, readings: last - before.readings, bytes: bytesWritten() - before.bytes };
  } finally {
    rmSync(place, { recursive: true });
  }
}

function bytesWritten(): number {
  const account = readFileSync('/proc/self/io', 'utf8');
  return Number(/^write_bytes: (\d+)$/m.exec(account)?.[1] ?? 0);
}

function sync(file: string): void {
  const open = openSync(file, 'r+');
  fsyncSync(open);
  closeSync(open);
}
