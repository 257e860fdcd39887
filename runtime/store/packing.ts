import { type Quality, quality } from '../../config/catalogue/quality.js';
import { type ByteReader, type ByteWriter, byteReader, byteWriter } from './bytes.js';
import { type Decimal, plain, readNumber, toDecimal, writeNumber } from './decimal.js';
import type { Making } from './making.js';

/**
 * Several readings in few bytes. Sensors repeat themselves: streams come in the same order, several at the same time,
 * with values that differ little from the last ones. So each reading begins with a byte that says what is as expected,
 * and only the rest follows. Values are kept exactly.
 */

/** A reading, or the sum of several, as it lies in a pack. */
export interface PackedRow {
  seq: number;
  stream: number;
  /** In whole ms. */
  time: number;
  monotonic: number;
  /** Of a mean: the sum of what went into it. */
  value: number | null;
  /** Of a reading: what the sensor said. Of a mean: null. */
  raw: number | null;
  quality: Quality;
  /** Absent where there is nothing to say of it. */
  making?: Making;
  /** How many readings went into a mean; 1 for a single reading. */
  count: number;
}

/** What stands beside the bytes of a pack. */
export interface PackHead {
  /** The greatest of its rows. */
  seq: number;
  boot: number;
  /** 0 for single readings, else the width of the means in ms. */
  width: number;
  /** Of rows. */
  count: number;
  /** Of the first row. All times in the bytes are told from here. */
  time: number;
  monotonic: number;
}

export interface Pack extends PackHead {
  body: Buffer;
}

/** The bits of a reading's first byte; two more each say how its value and what the sensor said are written. */
const bits = { sameStreamAsExpected: 1, sameMoment: 2, clockStepped: 4, remarked: 8 };

/** The bits of a remark: the lowest are the flag, the others say what follows it. */
const remarks = { flag: 15, doubts: 16, origin: 32, calibrated: 64 };
const valueAt = 4;
const rawAt = 6;

/** `alike` is, of a value, a difference from the stream's last one; of what the sensor said, the value itself. */
const kinds = { none: 0, own: 1, alike: 2 };

type Origin = Pick<Making, 'calibration' | 'correction'>;

const noOrigin: Origin = { calibration: 0, correction: 0 };

/** What both sides remember of the rows before. */
interface Memory {
  stream: number;
  seq: number;
  monotonic: number;
  /** Wall time less monotonic time. */
  offset: number;
  /** Which stream came after which. */
  next: Map<number, number>;
  /** The last value of each stream. */
  values: Map<number, Decimal>;
  /** How the last value of each stream was calibrated and corrected. */
  origins: Map<number, Origin>;
}

function memoryOf({ time, monotonic }: PackHead, seq: number): Memory {
  return {
    stream: 0,
    seq,
    monotonic,
    offset: time - monotonic,
    next: new Map(),
    values: new Map(),
    origins: new Map(),
  };
}

/** @param rows at least one, with ascending seqs; those of single readings follow each other without a gap */
export function writePack(rows: readonly PackedRow[], boot: number, width: number): Pack {
  const [first] = rows;
  const last = rows.at(-1);
  if (!first || !last) throw new Error('a pack has at least one row');
  const { time, monotonic } = first;
  const head = { seq: last.seq, boot, width, count: rows.length, time, monotonic };
  const memory = memoryOf(head, first.seq);
  const writer = byteWriter();
  if (width > 0) writer.count(last.seq - first.seq);
  for (const row of rows) {
    writeRow(writer, row, memory);
    if (width > 0) {
      writer.count(row.count);
      writer.count(row.seq - memory.seq);
    }
    memory.seq = row.seq;
  }
  return { ...head, body: writer.sealed(labelOf(head)) };
}

/** Whether a pack is as it was written. */
export function isIntact(pack: Pack): boolean {
  try {
    unseal(pack);
    return true;
  } catch {
    return false;
  }
}

/** Throws where the pack is not as it was written. */
export function readPack(pack: Pack): PackedRow[] {
  const { body: _, ...head } = pack;
  const reader = unseal(pack);
  const firstSeq = head.width > 0 ? head.seq - reader.count() : head.seq - head.count + 1;
  const memory = memoryOf(head, firstSeq);
  const rows: PackedRow[] = [];
  for (let index = 0; index < head.count; index++) {
    const row = readRow(reader, memory);
    row.seq = firstSeq + index;
    if (head.width > 0) {
      row.count = reader.count();
      row.seq = memory.seq + reader.count();
    }
    memory.seq = row.seq;
    rows.push(row);
  }
  return rows;
}

/** The first packs that there were are sealed without their time. */
function unseal({ body, ...head }: Pack): ByteReader {
  try {
    return byteReader(body, labelOf(head));
  } catch {
    return byteReader(body, labelWithoutTime(head));
  }
}

function labelOf(head: PackHead): string {
  return `${labelWithoutTime(head)} ${head.time}`;
}

function labelWithoutTime({ seq, boot, width, count, monotonic }: PackHead): string {
  return `pack ${seq} ${boot} ${width} ${count} ${monotonic}`;
}

function writeRow(writer: ByteWriter, row: PackedRow, memory: Memory): void {
  const { stream, monotonic, value, raw } = row;
  const offset = row.time - monotonic;
  const before = memory.values.get(stream);
  const decimal = value === null ? undefined : toDecimal(value, before?.places);
  const change = decimal && before?.places === decimal.places ? decimal.digits - before.digits : undefined;
  const valueKind = change === undefined ? kindOf(value) : kinds.alike;
  const rawKind = raw === value ? kinds.alike : kindOf(raw);
  const remark = remarkOf(row, memory);
  const expected = memory.next.get(memory.stream) === stream;

  writer.byte(
    (expected ? bits.sameStreamAsExpected : 0) |
      (monotonic === memory.monotonic ? bits.sameMoment : 0) |
      (offset === memory.offset ? 0 : bits.clockStepped) |
      (remark === quality.pass ? 0 : bits.remarked) |
      (valueKind << valueAt) |
      (rawKind << rawAt),
  );
  if (!expected) writer.count(stream);
  if (monotonic !== memory.monotonic) writer.signed(monotonic - memory.monotonic);
  if (offset !== memory.offset) writer.signed(offset - memory.offset);
  if (remark !== quality.pass) writeRemark(writer, remark, row);
  if (change !== undefined) writer.signed(change);
  else if (value !== null) writeNumber(writer, value, decimal);
  if (rawKind === kinds.own && raw !== null) writeNumber(writer, raw, toDecimal(raw));
  remember(memory, row, decimal);
}

/** A row, as if it were a single reading that has no seq yet. */
function readRow(reader: ByteReader, memory: Memory): PackedRow {
  const first = reader.byte();
  const stream = first & bits.sameStreamAsExpected ? (memory.next.get(memory.stream) ?? 0) : reader.count();
  const monotonic = memory.monotonic + (first & bits.sameMoment ? 0 : reader.signed());
  const time = monotonic + memory.offset + (first & bits.clockStepped ? reader.signed() : 0);
  const remark = first & bits.remarked ? reader.byte() : quality.pass;
  const making = readMaking(reader, remark, stream, memory);
  const valueKind = (first >> valueAt) & 3;
  const rawKind = (first >> rawAt) & 3;
  const written = readValue(reader, valueKind, memory.values.get(stream));
  const value = written === null ? null : plain(written);
  const raw = readRaw(reader, rawKind, value);
  const flag = (remark & remarks.flag) as Quality;
  const row: PackedRow = { seq: 0, stream, time, monotonic, value, raw, quality: flag, count: 1 };
  if (making) row.making = making;
  remember(memory, row, typeof written === 'object' && written ? written : undefined);
  return row;
}

/** The flag, and what has to be said beside it. */
function remarkOf({ stream, quality: flag, making }: PackedRow, memory: Memory): number {
  const before = memory.origins.get(stream) ?? noOrigin;
  const { calibration, correction } = making ?? noOrigin;
  const isNew = calibration !== before.calibration || correction !== before.correction;
  return (
    flag |
    (making && making.doubts > 0 ? remarks.doubts : 0) |
    (isNew ? remarks.origin : 0) |
    (making && making.calibrated !== null ? remarks.calibrated : 0)
  );
}

function writeRemark(writer: ByteWriter, remark: number, { making }: PackedRow): void {
  writer.byte(remark);
  if (remark & remarks.doubts) writer.count(making?.doubts ?? 0);
  if (remark & remarks.origin) {
    writer.count(making?.calibration ?? 0);
    writer.count(making?.correction ?? 0);
  }
  if (making && making.calibrated !== null)
    writeNumber(writer, making.calibrated, toDecimal(making.calibrated));
}

function readMaking(reader: ByteReader, remark: number, stream: number, memory: Memory): Making | undefined {
  const doubts = remark & remarks.doubts ? reader.count() : 0;
  const { calibration, correction } =
    remark & remarks.origin
      ? { calibration: reader.count(), correction: reader.count() }
      : (memory.origins.get(stream) ?? noOrigin);
  const calibrated = remark & remarks.calibrated ? plain(readNumber(reader)) : null;
  const isMade = doubts > 0 || calibration > 0 || correction > 0;
  return isMade ? { doubts, calibration, correction, calibrated } : undefined;
}

function readValue(reader: ByteReader, kind: number, before: Decimal | undefined): number | Decimal | null {
  if (kind === kinds.none) return null;
  if (kind === kinds.own || !before) return readNumber(reader);
  return { digits: before.digits + reader.signed(), places: before.places };
}

function readRaw(reader: ByteReader, kind: number, value: number | null): number | null {
  if (kind === kinds.alike) return value;
  return kind === kinds.own ? plain(readNumber(reader)) : null;
}

function kindOf(value: number | null): number {
  return value === null ? kinds.none : kinds.own;
}

function remember(
  memory: Memory,
  { stream, monotonic, time, making }: PackedRow,
  decimal: Decimal | undefined,
): void {
  memory.next.set(memory.stream, stream);
  memory.stream = stream;
  memory.monotonic = monotonic;
  memory.offset = time - monotonic;
  if (decimal) memory.values.set(stream, decimal);
  if (making || memory.origins.has(stream)) memory.origins.set(stream, making ?? noOrigin);
}
