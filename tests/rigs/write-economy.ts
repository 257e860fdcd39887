import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Reading, Stream } from '../../runtime/reading.js';
import { openDatabase } from '../../runtime/store/database.js';

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

const start = Date.UTC(2026, 0, 1);

/** Ten streams every 10 s for some hours of virtual time, each commit settled at once, to the last checkpoint. */
export function writeEconomy({ folder, seconds, hours }: WriteEconomyOptions): WriteEconomy {
  const place = mkdtempSync(join(folder, 'write-economy-'));
  let now = start;
  const clock = { monotonic: () => now - start, now: () => now };
  const boot = { name: 'boot', time: start, monotonic: 0 };
  const database = openDatabase(
    { file: join(place, 'readings.db'), device: 'shelter', epoch: 'e', boot },
    clock,
  );
  const sample = sensors();
  let last = 0;

  function commit(): void {
    const readings: Reading[] = [];
    for (let second = 0; second < seconds; second += 10) {
      now += 10_000;
      readings.push(...sample(now));
    }
    last = database.commit({ readings, events: [], after: { readings: last, events: 0 } }).last.readings;
    while (database.tidy());
    database.settle('city', 'readings', { first: 1, last });
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

/** Five sensors of two streams each, whose values wander and whose times jitter a little. */
function sensors(): (now: number) => Reading[] {
  const streams = Array.from({ length: 10 }, (_, index): Stream => {
    const sensor = `sensor-${index >> 1}`;
    return index % 2
      ? { id: `${sensor}/humidity`, sensor, property: 'humidity', unit: '%RH' }
      : { id: `${sensor}/temperature`, sensor, property: 'temperature', unit: 'Cel' };
  });
  const tenths = streams.map(() => 200);
  return (now) =>
    streams.map((stream, index) => {
      const time = now + (index >> 1) * 37 + Math.round(Math.random() * 2);
      tenths[index] = (tenths[index] ?? 0) + Math.round((Math.random() - 0.5) * 10);
      const value = (tenths[index] ?? 0) / 10;
      return { stream, time, monotonic: time - start, value, raw: value, quality: 1 };
    });
}

function bytesWritten(): number {
  const account = readFileSync('/proc/self/io', 'utf8');
  return Number(/^write_bytes: (\d+)$/m.exec(account)?.[1] ?? 0);
}
