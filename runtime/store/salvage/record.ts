/** The parts of SQLite's file format that rows are made of: https://www.sqlite.org/fileformat2.html */

/** A value as it lies in a record; text and blobs are kept apart, as no table of ours takes one for the other. */
export type Field = null | number | string | Uint8Array;

/** A number of variable length, and where the byte after it is. */
interface Varint {
  value: number;
  end: number;
}

/** Reads up to nine bytes; undefined where they end too soon, or mean more than a double can count. */
export function varint(bytes: Uint8Array, at: number): Varint | undefined {
  let value = 0;
  for (let index = 0; index < 8; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) return undefined;
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return Number.isSafeInteger(value) ? { value, end: at + index + 1 } : undefined;
  }
  return undefined;
}

/**
 * The fields of a record. Undefined where the bytes are no whole record: the lengths in its head must add up to its
 * own, which damaged bytes seldom do.
 */
export function readRecord(payload: Uint8Array): Field[] | undefined {
  const head = varint(payload, 0);
  if (!head || head.value > payload.length) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const fields: Field[] = [];
  let at = head.end;
  let body = head.value;
  while (at < head.value) {
    const type = varint(payload, at);
    if (!type || type.end > head.value) return undefined;
    const length = lengthOf(type.value);
    if (length === undefined || body + length > payload.length) return undefined;
    const field = fieldOf(view, payload, type.value, body, length);
    if (field === undefined) return undefined;
    fields.push(field);
    at = type.end;
    body += length;
  }
  return body === payload.length ? fields : undefined;
}

const fixedLengths: readonly (number | undefined)[] = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, undefined, undefined];

function lengthOf(type: number): number | undefined {
  return type < 12 ? fixedLengths[type] : Math.floor((type - 12) / 2);
}

function fieldOf(
  view: DataView,
  bytes: Uint8Array,
  type: number,
  at: number,
  length: number,
): Field | undefined {
  if (type === 0) return null;
  if (type <= 6) return integer(view, at, length);
  if (type === 7) return view.getFloat64(at);
  if (type === 8 || type === 9) return type - 8;
  const content = bytes.subarray(at, at + length);
  return type % 2 === 0 ? content : text(content);
}

/** Big-endian, two's complement; undefined where a double cannot hold it exactly. */
function integer(view: DataView, at: number, length: number): number | undefined {
  let value = view.getInt8(at);
  for (let index = 1; index < length; index++) value = value * 256 + view.getUint8(at + index);
  return Number.isSafeInteger(value) ? value : undefined;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function text(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
