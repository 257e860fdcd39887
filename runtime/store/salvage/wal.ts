/** What a write-ahead log still says: https://www.sqlite.org/fileformat2.html#walformat */

/** Where the pages of all whole transactions before the first damage lie in the log; of each page the last. */
export interface Wal {
  pageSize: number;
  /** Offset of a page's image, by page number. */
  pages: ReadonlyMap<number, number>;
  /** Bytes of the log up to the end of the last whole transaction. */
  length: number;
}

const HEAD = 32;
const FRAME_HEAD = 24;

/** Reads a log. Undefined where there is none, or where it has no whole transaction. */
export function readWal(bytes: Uint8Array): Wal | undefined {
  if (bytes.length < HEAD) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0);
  if (magic !== 0x377f0682 && magic !== 0x377f0683) return undefined;
  const littleEndian = magic === 0x377f0682;
  const pageSize = view.getUint32(8);
  let sum = checksum(view, 0, 24, [0, 0], littleEndian);
  if (!isPageSize(pageSize) || !says(view, 24, sum)) return undefined;

  const committed = new Map<number, number>();
  let open: [page: number, offset: number][] = [];
  let end = 0;
  const frame = FRAME_HEAD + pageSize;
  for (let at = HEAD; at + frame <= bytes.length; at += frame) {
    const sameSalt =
      view.getUint32(at + 8) === view.getUint32(16) && view.getUint32(at + 12) === view.getUint32(20);
    if (!sameSalt) break;
    sum = checksum(view, at, 8, sum, littleEndian);
    sum = checksum(view, at + FRAME_HEAD, pageSize, sum, littleEndian);
    if (!says(view, at + 16, sum)) break;
    open.push([view.getUint32(at), at + FRAME_HEAD]);
    const isCommit = view.getUint32(at + 4) > 0;
    if (!isCommit) continue;
    end = at + frame;
    for (const [page, offset] of open) committed.set(page, offset);
    open = [];
  }
  return end === 0 ? undefined : { pageSize, pages: committed, length: end };
}

export function isPageSize(bytes: number): boolean {
  return bytes >= 512 && bytes <= 65_536 && (bytes & (bytes - 1)) === 0;
}

type Sum = readonly [number, number];

function checksum(view: DataView, from: number, length: number, [a, b]: Sum, littleEndian: boolean): Sum {
  let first = a;
  let second = b;
  for (let at = from; at < from + length; at += 8) {
    first = (first + view.getUint32(at, littleEndian) + second) >>> 0;
    second = (second + view.getUint32(at + 4, littleEndian) + first) >>> 0;
  }
  return [first, second];
}

/** Checksums are written big-endian, whatever order they are computed in. */
function says(view: DataView, at: number, [first, second]: Sum): boolean {
  return view.getUint32(at) === first && view.getUint32(at + 4) === second;
}
