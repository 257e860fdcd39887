import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { readTreePage } from './btree.js';
import { isPageSize, readWal } from './wal.js';

/** The pages of a database that SQLite may not be able to open any more. */
export interface Pages {
  /** Bytes per page. */
  size: number;
  /** Pages are numbered from 1 to this. */
  count: number;
  /** The page as SQLite would see it: from the log where it is there. */
  current(page: number): Uint8Array | undefined;
  /** That page, and the other image of it where log and file have one each. */
  images(page: number): Uint8Array[];
  /** Pages of which the log has an image. */
  logged(): Iterable<number>;
  close(): void;
}

/** Opens a database and its write-ahead log, whatever is left of them. Throws the system's errors. */
export function openPages(file: string): Pages {
  const descriptor = openSync(file, 'r');
  const bytes = fstatSync(descriptor).size;
  const log = logOf(file);
  const wal = readWal(log);
  const size = wal?.pageSize ?? likelySize(descriptor, bytes);
  const read = cachedReads(descriptor);

  function inFile(page: number): Uint8Array | undefined {
    const image = read((page - 1) * size, size);
    return image.length === size ? image : undefined;
  }

  function inLog(page: number): Uint8Array | undefined {
    const offset = wal?.pages.get(page);
    return offset === undefined ? undefined : log.subarray(offset, offset + size);
  }

  return {
    size,
    count: Math.max(Math.floor(bytes / size), ...(wal?.pages.keys() ?? [])),
    current: (page) => inLog(page) ?? inFile(page),
    images: (page) => [inLog(page), inFile(page)].filter((image) => image !== undefined),
    logged: () => wal?.pages.keys() ?? [],
    close: () => closeSync(descriptor),
  };
}

function logOf(file: string): Uint8Array {
  try {
    return readFileSync(`${file}-wal`);
  } catch {
    return new Uint8Array();
  }
}

/** The size with which most of the file looks like pages: what the head says may be damaged too. */
function likelySize(descriptor: number, bytes: number): number {
  const head = Buffer.alloc(18);
  readSync(descriptor, head, 0, head.length, 0);
  const said = head.readUInt16BE(16);
  const sizes = [said, ...usualSizes].filter(isPageSize);
  const scores = sizes.map((size) => ({ size, score: scoreOf(descriptor, bytes, size) }));
  return scores.reduce((best, each) => (each.score > best.score ? each : best)).size;
}

/** In bytes: now, and in the files of version 1. */
const usualSizes = [512, 4_096];

/** So many pages are looked at. */
const SAMPLE = 200;

/** Pages per byte that have something to read on them and nothing wrong; too large pages look well too. */
function scoreOf(descriptor: number, bytes: number, size: number): number {
  const count = Math.floor(bytes / size) - 1;
  const image = new Uint8Array(size);
  let good = 0;
  const step = Math.max(1, Math.floor(count / SAMPLE));
  for (let page = 1; page < count; page += step) {
    readSync(descriptor, image, 0, size, page * size);
    const tree = readTreePage(image, { isFirst: false, overflow: () => undefined });
    if (tree?.sound && tree.cells.length > 0) good += 1;
  }
  return good / Math.max(1, Math.ceil(count / step)) / size;
}

/** Bytes read at once: a multiple of every page size. */
const CHUNK = 65_536;

/** So many chunks stay in memory. */
const CHUNKS = 64;

/** Reads at offsets; what it gives stays as it is. Fewer bytes come where the file ends. */
function cachedReads(descriptor: number): (at: number, length: number) => Uint8Array {
  const chunks = new Map<number, Uint8Array>();

  function chunkAt(start: number): Uint8Array {
    const known = chunks.get(start);
    if (known) return known;
    const bytes = new Uint8Array(CHUNK);
    const chunk = bytes.subarray(0, readSync(descriptor, bytes, 0, CHUNK, start));
    const [oldest] = chunks.keys();
    if (chunks.size >= CHUNKS && oldest !== undefined) chunks.delete(oldest);
    chunks.set(start, chunk);
    return chunk;
  }

  return (at, length) => {
    const start = Math.floor(at / CHUNK) * CHUNK;
    return chunkAt(start).subarray(at - start, at - start + length);
  };
}
