import { type Field, readRecord, varint } from './record.js';

/** The pages that a table's or an index's rows lie on: https://www.sqlite.org/fileformat2.html#b_tree_pages */

export type PageKind = 'table-leaf' | 'table-interior' | 'index-leaf' | 'index-interior';

const kinds = new Map<number, PageKind>([
  [0x0d, 'table-leaf'],
  [0x05, 'table-interior'],
  [0x0a, 'index-leaf'],
  [0x02, 'index-interior'],
]);

/** A row as it lies in a tree. */
export interface Cell {
  /** 0 in an index, and in a table without rowids. */
  rowid: number;
  fields: Field[];
}

export interface Child {
  page: number;
  /** The greatest rowid that may lie below. */
  upTo: number;
}

export interface TreePage {
  kind: PageKind;
  cells: Cell[];
  /** Pages below it, in order. */
  children: Child[];
  /** False where something on it cannot be: then the cells are those that still read as rows. */
  sound: boolean;
}

/** @param overflow gives the page of that number, for rows that are too long for one */
export function readTreePage(
  page: Uint8Array,
  { isFirst, overflow }: { isFirst: boolean; overflow: (page: number) => Uint8Array | undefined },
): TreePage | undefined {
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  const head = isFirst ? 100 : 0;
  const kind = kinds.get(view.getUint8(head));
  if (!kind) return undefined;
  const isInterior = kind.endsWith('interior');
  const pointers = head + (isInterior ? 12 : 8);
  const promised = view.getUint16(head + 3);
  const count = Math.min(promised, Math.floor((page.length - pointers) / 2));

  const cells: Cell[] = [];
  const children: Child[] = [];
  let sound = count === promised;
  let before = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < count; index++) {
    const at = view.getUint16(pointers + 2 * index);
    if (at < pointers + 2 * count || at + 4 > page.length) {
      sound = false;
      continue;
    }
    if (kind === 'table-interior') {
      const upTo = varint(page, at + 4)?.value ?? Number.POSITIVE_INFINITY;
      if (upTo <= before) sound = false;
      before = upTo;
      children.push({ page: view.getUint32(at), upTo });
      continue;
    }
    if (isInterior) children.push({ page: view.getUint32(at), upTo: Number.POSITIVE_INFINITY });
    const cell = readCell(page, isInterior ? at + 4 : at, kind, overflow);
    if (!cell || (kind === 'table-leaf' && cell.rowid <= before)) sound = false;
    if (!cell) continue;
    cells.push(cell);
    before = cell.rowid;
  }
  if (isInterior) children.push({ page: view.getUint32(head + 8), upTo: Number.POSITIVE_INFINITY });
  return { kind, cells, children, sound };
}

function readCell(
  page: Uint8Array,
  at: number,
  kind: PageKind,
  overflow: (page: number) => Uint8Array | undefined,
): Cell | undefined {
  const length = varint(page, at);
  if (!length) return undefined;
  const key = kind === 'table-leaf' ? varint(page, length.end) : { value: 0, end: length.end };
  if (!key) return undefined;
  const payload = readPayload(page, key.end, length.value, kind, overflow);
  const fields = payload && readRecord(payload);
  return fields && { rowid: key.value, fields };
}

/** The longest row of ours is an event's; what claims to be longer is damage. */
const LONGEST = 1_048_576;

function readPayload(
  page: Uint8Array,
  at: number,
  length: number,
  kind: PageKind,
  overflow: (page: number) => Uint8Array | undefined,
): Uint8Array | undefined {
  const usable = page.length;
  const most = kind === 'table-leaf' ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23;
  if (length <= most) return at + length <= usable ? page.subarray(at, at + length) : undefined;
  if (length > LONGEST) return undefined;

  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fitting = least + ((length - least) % (usable - 4));
  const local = fitting <= most ? fitting : least;
  if (at + local + 4 > usable) return undefined;
  const payload = new Uint8Array(length);
  payload.set(page.subarray(at, at + local));
  let filled = local;
  let next = uint32(page, at + local);
  while (filled < length) {
    const more = next > 0 ? overflow(next) : undefined;
    if (!more) return undefined;
    const part = more.subarray(4, 4 + Math.min(usable - 4, length - filled));
    payload.set(part, filled);
    filled += part.length;
    next = uint32(more, 0);
  }
  return payload;
}

function uint32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0);
}
