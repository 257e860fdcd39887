import { readFile } from 'node:fs/promises';
import { quality } from '../../config/catalogue/quality.js';
import { systemClock } from '../../drivers/bindings/system-clock.js';
import type { Reading, Stream } from '../../runtime/reading.js';
import { openDatabase } from '../../runtime/store/database.js';

/** Readings of one commit. */
const perCommit = 1_000;

/** Commits between two rounds of tidying, as they would come by themselves. */
const perTidying = 100;

/** Ten streams every 10 s. */
const streams: readonly Stream[] = Array.from({ length: 10 }, (_, index) => {
  const sensor = `air-${1 + Math.floor(index / 2)}`;
  const property = index % 2 === 0 ? 'pm2_5' : 'pm10';
  return { id: `${sensor}/${property}`, sensor, property, unit: 'ug/m3' };
});
const cadence = 10_000;

/** Makes a device's database whose newest readings are some minutes old, and none of them sent. */
export function fillDatabase(device: string, file: string, rows: number): void {
  const boot = { name: 'past', time: 0, monotonic: 0 };
  const database = openDatabase({ file, device, epoch: 'a'.repeat(16), boot }, systemClock);
  const start = systemClock.now() - 600_000 - (rows / streams.length) * cadence;
  for (let done = 0; done < rows; done += perCommit) {
    const size = Math.min(perCommit, rows - done);
    const readings = Array.from({ length: size }, (_, index) => readingAt(done + index, start));
    database.commit({ readings, events: [], after: { readings: done, events: 0 } });
    if ((done / perCommit) % perTidying === 0) while (database.tidy());
  }
  while (database.tidy());
  database.close();
}

function readingAt(index: number, start: number): Reading {
  const stream = streams[index % streams.length] as Stream;
  const at = Math.floor(index / streams.length) * cadence;
  const value = Math.round(200 + 100 * Math.sin(index / 3_000) + (index % 7)) / 10;
  return { stream, time: start + at, monotonic: at, value, raw: value, quality: quality.pass };
}

/** Which of the names 1 to `most` have come, and how often. */
export function tally(most: number) {
  const counts = new Uint8Array(most + 1);
  return {
    /** False where the name is not among them. */
    count(seq: number): boolean {
      if (seq > most) return false;
      counts[seq] = Math.min(255, (counts[seq] ?? 0) + 1);
      return true;
    },
    missing: () => counts.reduce((sum, times, seq) => sum + Number(seq > 0 && times === 0), 0),
    again: () => counts.reduce((sum, times) => sum + Math.max(0, times - 1), 0),
  };
}

/** Resident memory of a process, in bytes. */
export async function residentMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  return Number(kibibytes) * 1_024;
}
