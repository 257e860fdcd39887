import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';

/** Reads zip files as timetables come in them: stored or deflated, not encrypted, below 4 GB. */

/** A part of a file; shorter where the file ends before it. */
export type ReadAt = (from: number, length: number) => Promise<Uint8Array>;

export interface ZipEntry {
  name: string;
  method: number;
  packed: number;
  unpacked: number;
  /** CRC-32 of what is unpacked. */
  checksum: number;
  /** Where its own header begins. */
  start: number;
}

const signatures = { end: 0x0605_4b50, entry: 0x0201_4b50, local: 0x0403_4b50 };
const sizes = { end: 22, entry: 46, local: 30, comment: 65_535 };

const stored = 0;
const deflated = 8;
const mostEntries = 10_000;
const mostDirectory = 4_000_000;
const mostUnpacked = 4_000_000_000;
const piece = 65_536;

/** The entries by their name. Throws an Error where it is no such zip file. @param size of the file, in bytes */
export async function readDirectory(read: ReadAt, size: number): Promise<Map<string, ZipEntry>> {
  const end = await findEnd(read, size);
  const length = end.getUint32(12, true);
  const start = end.getUint32(16, true);
  const count = end.getUint16(10, true);
  if (count > mostEntries || length > mostDirectory || start + length > size) {
    throw new Error('its directory does not lie in the file');
  }
  const bytes = await read(start, length);
  const view = viewOf(bytes);
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + sizes.entry > bytes.length || view.getUint32(at, true) !== signatures.entry) {
      throw new Error(`entry ${index + 1} of its directory is damaged`);
    }
    const nameLength = view.getUint16(at + 28, true);
    const next =
      at + sizes.entry + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    const name = new TextDecoder().decode(bytes.subarray(at + sizes.entry, at + sizes.entry + nameLength));
    entries.set(name, {
      name,
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      start: view.getUint32(at + 42, true),
    });
    at = next;
  }
  return entries;
}

/** The bytes of an entry, unpacked. Throws an Error where they are not what the directory says. */
export async function* readEntry(read: ReadAt, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const header = viewOf(await read(entry.start, sizes.local));
  if (header.byteLength < sizes.local || header.getUint32(0, true) !== signatures.local) {
    throw new Error('its header is damaged');
  }
  if ((header.getUint16(6, true) & 1) !== 0) throw new Error('it is encrypted');
  if (entry.unpacked > mostUnpacked) throw new Error('it is too large');
  const start = entry.start + sizes.local + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = pieces(read, start, entry.packed);
  let size = 0;
  let checksum = 0;
  for await (const chunk of unpack(packed, entry.method)) {
    size += chunk.length;
    checksum = crc32(chunk, checksum);
    if (size > entry.unpacked) throw new Error('it is longer than its directory says');
    yield chunk;
  }
  if (size < entry.unpacked) throw new Error('it is shorter than its directory says');
  if (checksum !== entry.checksum) throw new Error('it is damaged: its checksum is not right');
}

function unpack(packed: AsyncIterable<Uint8Array>, method: number): AsyncIterable<Uint8Array> {
  if (method === stored) return packed;
  if (method !== deflated) throw new Error(`it is packed in a way that is not known here (${method})`);
  // An error of either ends the reading.
  return pipeline(Readable.from(packed), createInflateRaw(), () => {});
}

async function* pieces(read: ReadAt, start: number, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < length; at += piece) {
    const wanted = Math.min(piece, length - at);
    const bytes = await read(start + at, wanted);
    if (bytes.length < wanted) throw new Error('the file ends before it');
    yield bytes;
  }
}

/** The end of the directory stands at the end of the file, but for a comment. */
async function findEnd(read: ReadAt, size: number): Promise<DataView> {
  const length = Math.min(size, sizes.end + sizes.comment);
  const tail = viewOf(await read(size - length, length));
  for (let at = tail.byteLength - sizes.end; at >= 0; at--) {
    if (tail.getUint32(at, true) === signatures.end) {
      return new DataView(tail.buffer, tail.byteOffset + at, sizes.end);
    }
  }
  throw new Error('it is no zip file');
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
