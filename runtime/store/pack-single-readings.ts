import type { Database } from 'better-sqlite3';
import type { Quality } from '../../config/catalogue/quality.js';
import type { PackedRow } from './packing.js';
import { packTable } from './packs.js';
import { runTable } from './runs.js';

/** A reading as it lay in a table of its own rows. */
interface SingleReading {
  seq: number;
  stream: number;
  boot: number;
  monotonic: number;
  time: number;
  value: number | null;
  /** NULL where it equals the value, 'none' where there was none beside a value. */
  raw: number | 'none' | null;
  quality: Quality;
}

/** How many rows are in memory at a time. */
const CHUNK = 10_000;

/** Packs all of `single_readings`, and puts them on record as runs. */
export function packSingleReadings(sqlite: Database): void {
  const packs = packTable(sqlite);
  const runs = runTable(sqlite, packs);
  const next = sqlite.prepare<[number, number], SingleReading>(
    'SELECT * FROM single_readings WHERE seq > ? ORDER BY seq LIMIT ?',
  );
  let done = 0;
  for (let rows = next.all(done, CHUNK); rows.length > 0; rows = next.all(done, CHUNK)) {
    for (const part of withoutGaps(rows)) packs.add(part.map(packedRow), part[0]?.boot ?? 0, 0);
    done = rows.at(-1)?.seq ?? done;
    runs.extend(done);
  }
}

/** A pack has the readings of one boot, whose seqs follow each other. */
function withoutGaps(rows: readonly SingleReading[]): SingleReading[][] {
  const parts: SingleReading[][] = [];
  for (const row of rows) {
    const part = parts.at(-1);
    const before = part?.at(-1);
    if (part && before?.boot === row.boot && before.seq + 1 === row.seq) part.push(row);
    else parts.push([row]);
  }
  return parts;
}

function packedRow({ boot: _, raw, ...row }: SingleReading): PackedRow {
  return { ...row, raw: raw === 'none' ? null : (raw ?? row.value), count: 1 };
}
