import { units } from '../../../config/catalogue/units.js';
import type { StoredEvent, StoredReading } from '../../reading.js';
import type { Codec, Device } from './codec.js';

/**
 * SenML JSON (RFC 8428), a version-10 pack in time order.
 *
 * A reading is a record named `sensor/property` with its value in a unit that the RFC allows. A reading that is
 * missing has no value to give, so it is a record named `sensor/property/missing` that is true: whoever plots
 * `sensor/property` never meets a number that nobody measured.
 *
 * An event is a record named `source/event` whose text is what happened; each detail follows as `source/event/key`
 * with the time and the seq of its event.
 *
 * Three labels are ours; a receiver that does not know them may skip them:
 * - `bepoch`, in the first record and valid for all: (device, epoch, seq) names a row, so that one sent twice is
 *   counted once;
 * - `seq` and, for readings, the quality flag `q` (QARTOD: 1 pass, 2 not evaluated, 3 suspect, 4 fail, 9 missing);
 * - `raw`, in the unit of the value, where calibration changed what the sensor said.
 *
 * The base name is `ushelter:ID:`. A DEV URN (RFC 9039) is not used: it would need an enterprise number or a MAC
 * address that changes with the board, and it forbids the `/` and `_` of our streams.
 */
export const senmlJson: Codec = {
  name: 'senml-json',
  contentType: 'application/senml+json',
  encode: {
    readings: (rows, device) => pack(rows, readingRecord, device),
    events: (rows, device) => pack(rows, eventRecords, device),
  },
};

interface Row {
  seq: number;
  time: number;
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
}

interface SenmlRecord extends Entry {
  bn?: string;
  bt?: number;
  bepoch?: string;
  t?: number;
  seq: number;
}

function pack<R extends Row>(rows: readonly R[], entriesOf: (row: R) => Entry[], device: Device): Uint8Array {
  const ordered = rows.toSorted((a, b) => a.time - b.time || a.seq - b.seq);
  const base = baseTime(ordered);
  const records = ordered.flatMap((row) => {
    const t = recordTime(row.time, base);
    return entriesOf(row).map((entry): SenmlRecord => ({ ...entry, ...(t && { t }), seq: row.seq }));
  });
  const [first, ...others] = records;
  if (!first) return json([]);
  const bases = { bn: `ushelter:${device.id}:`, ...(base && { bt: base / 1_000 }), bepoch: device.epoch };
  return json([{ ...bases, ...first }, ...others]);
}

function readingRecord({ stream, value, raw, quality }: StoredReading): Entry[] {
  if (!isMeasured(value)) return [{ n: `${stream.id}/missing`, vb: true, q: quality }];
  const { unit, factor } = units[stream.unit].senml;
  const v = timesExactly(value, factor);
  const before = isMeasured(raw) ? timesExactly(raw, factor) : v;
  return [{ n: stream.id, u: unit, v, q: quality, ...(before !== v && { raw: before }) }];
}

function eventRecords({ source, kind, detail }: StoredEvent): Entry[] {
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

/** JSON knows neither NaN nor infinity, and no sensor measures them. */
function isMeasured(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

/** A product without the noise of binary fractions: 4.4 × 1e-9 is 4.4e-9. Fifteen digits are what a double keeps. */
function timesExactly(value: number, factor: number): number {
  return Number((value * factor).toPrecision(15));
}

/** RFC 8428 reads smaller times, in ms, as relative to now. */
const leastAbsolute = 2 ** 28 * 1_000;

/** The time, in ms, that the others are told from; 0 where the clock was not set for all of them. */
function baseTime([earliest]: readonly Row[]): number {
  return earliest && earliest.time >= leastAbsolute ? earliest.time : 0;
}

/** Seconds after the base. None, where the clock was not set: so the RFC writes that a device does not know the time. */
function recordTime(time: number, base: number): number {
  return time < leastAbsolute ? 0 : (time - base) / 1_000;
}

/** Replaces what the RFC does not allow in a name. */
function nameable(text: string): string {
  return text.replace(/[^A-Za-z0-9\-:./_]/g, '-');
}

function json(records: readonly SenmlRecord[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(records));
}
