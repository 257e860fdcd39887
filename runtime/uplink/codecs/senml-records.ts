import { units } from '../../../config/catalogue/units.js';
import type { StoredEvent, StoredReading } from '../../reading.js';
import type { Device } from './codec.js';
import { isDated, isMeasured } from './known.js';
import { provenance } from './provenance.js';

/**
 * Rows as SenML (RFC 8428), a version-10 pack in time order, before it becomes JSON or CBOR.
 *
 * A reading is a record named `sensor/property` with its value in a unit that the RFC allows. A reading that is
 * missing has no value to give, so it is a record named `sensor/property/missing` that is true: whoever plots
 * `sensor/property` never meets a number that nobody measured.
 *
 * An event is a record named `source/event` whose text is what happened; each detail follows as `source/event/key`
 * with the time and the seq of its event.
 *
 * Some labels are ours; a receiver that does not know them may skip them:
 * - `bepoch`, in the first record and valid for all, and `seq`: (device, epoch, seq) names a row, so that one sent
 *   twice is counted once;
 * - `q`, for readings, the quality flag (QARTOD: 1 pass, 2 not evaluated, 3 suspect, 4 fail, 9 missing);
 * - `raw`, in the unit of the record, where it is not the value: what the sensor said before calibration and correction;
 * - `calibration`, where the stream was ever calibrated: the version, of which the event `sensor.calibrated` tells;
 * - `correction`, where one was made: its name;
 * - `doubts`, where it is suspect or failed: the quality tests that say so, separated by spaces;
 * - `count` and `width`, where single readings had to give way: the record is the mean of so many within `width`
 *   seconds from its time on, and the width belongs to its name.
 *
 * A row whose time the shelter does not know, as its clock had not been synchronised, has no time.
 *
 * The base name is `ushelter:ID:`. A DEV URN (RFC 9039) is not used: it would need an enterprise number or a MAC
 * address that changes with the board, and it forbids the `/` and `_` of our streams.
 */
export interface SenmlRecord extends Entry {
  bn?: string;
  /** Seconds since 1970. */
  bt?: number;
  bepoch?: string;
  /** Seconds after the base time. */
  t?: number;
  seq: number;
}

/** A record without its time and seq. */
interface Entry {
  n: string;
  u?: string;
  v?: number;
  vs?: string;
  vb?: boolean;
  q?: number;
  raw?: number;
  calibration?: number;
  correction?: string;
  doubts?: string;
  /** Seconds. */
  width?: number;
  count?: number;
}

export function readingPack(rows: readonly StoredReading[], device: Device): SenmlRecord[] {
  return pack(rows, readingEntries, device);
}

export function eventPack(rows: readonly StoredEvent[], device: Device): SenmlRecord[] {
  return pack(rows, eventEntries, device);
}

type Row = Pick<StoredReading, 'seq' | 'time' | 'unsynchronised'>;

function pack<R extends Row>(
  rows: readonly R[],
  entriesOf: (row: R) => Entry[],
  device: Device,
): SenmlRecord[] {
  const ordered = inTimeOrder(rows);
  const base = baseTime(ordered);
  const records = ordered.flatMap((row) => {
    const t = recordTime(row, base);
    return entriesOf(row).map((entry) => named(entry, t, row.seq));
  });
  const [first, ...others] = records;
  if (!first) return [];
  const bases = { bn: `ushelter:${device.id}:`, ...(base && { bt: base / 1_000 }), bepoch: device.epoch };
  return [{ ...bases, ...first }, ...others];
}

/** Completes the entry itself: to copy hundreds of them for each message would cost more than all else. */
function named(entry: Entry, t: number, seq: number): SenmlRecord {
  const record = entry as SenmlRecord;
  if (t) record.t = t;
  record.seq = seq;
  return record;
}

/** Mostly they come so. */
function inTimeOrder<R extends Row>(rows: readonly R[]): readonly R[] {
  const compare = (a: Row, b: Row) => knownTime(a) - knownTime(b) || a.seq - b.seq;
  const isOrdered = rows.every((row, index) => index === 0 || compare(rows[index - 1] ?? row, row) <= 0);
  return isOrdered ? rows : rows.toSorted(compare);
}

function readingEntries(row: StoredReading): Entry[] {
  const { stream, value, raw, quality: q, mean } = row;
  const { unit: u, factor } = units[stream.unit].senml;
  const v = isMeasured(value) ? timesExactly(value, factor) : undefined;
  const before = raw !== value && isMeasured(raw) ? timesExactly(raw, factor) : undefined;
  const entry: Entry =
    v === undefined
      ? { n: `${stream.id}/missing`, ...(before !== undefined && { u }), vb: true, q }
      : { n: stream.id, u, v, q };
  if (before !== undefined && before !== v) entry.raw = before;
  if (mean) {
    entry.width = mean.width / 1_000;
    entry.count = mean.count;
  }
  return [Object.assign(entry, provenance(row))];
}

function eventEntries({ source, kind, detail }: StoredEvent): Entry[] {
  const event = `${source}/event`;
  return [
    { n: event, vs: kind },
    ...Object.entries(detail).map(([key, value]) => ({
      n: `${event}/${nameable(key)}`,
      ...plainValue(value),
    })),
  ];
}

function plainValue(value: string | number | boolean): Pick<Entry, 'v' | 'vb' | 'vs'> {
  if (typeof value === 'boolean') return { vb: value };
  if (typeof value === 'number' && Number.isFinite(value)) return { v: value };
  return { vs: String(value) };
}

/** A product without the noise of binary fractions: 4.4 × 1e-9 is 4.4e-9. Fifteen digits are what a double keeps. */
function timesExactly(value: number, factor: number): number {
  return factor === 1 ? value : Number((value * factor).toPrecision(15));
}

/** The time, in ms, that the others are told from; 0 where the clock was not set for all of them. */
function baseTime(ordered: readonly Row[]): number {
  return ordered.every(isDated) ? (ordered[0]?.time ?? 0) : 0;
}

/** Rows without a time come before all others. */
function knownTime(row: Row): number {
  return isDated(row) ? row.time : 0;
}

/** Seconds after the base. None, where the clock was not set: so the RFC writes that a device does not know the time. */
function recordTime(row: Row, base: number): number {
  return isDated(row) ? (row.time - base) / 1_000 : 0;
}

/** Replaces what the RFC does not allow in a name. */
function nameable(text: string): string {
  return text.replace(/[^A-Za-z0-9\-:./_]/g, '-');
}
