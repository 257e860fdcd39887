/** What `writeCbor` can write. */
export type CborValue = number | string | boolean | readonly CborValue[] | Map<number | string, CborValue>;

/** The first three bits of an item: what it is. */
const major = { unsigned: 0, negative: 1, text: 3, array: 4, map: 5 } as const;

/** Items that are one known byte, or start with one. */
const initial = { false: 0xf4, true: 0xf5, float32: 0xfa, float64: 0xfb } as const;

/**
 * Writes a value as CBOR (RFC 8949): whole numbers as integers, others as the shorter of single and double that keeps
 * them, every length definite. The same value always gives the same bytes.
 */
export function writeCbor(value: CborValue): Uint8Array {
  let buffer = Buffer.allocUnsafe(1_024);
  let end = 0;
  write(value);
  return buffer.subarray(0, end);

  function write(item: CborValue): void {
    if (typeof item === 'boolean') byte(item ? initial.true : initial.false);
    else if (typeof item === 'number') number(item);
    else if (typeof item === 'string') text(item);
    else if (item instanceof Map) {
      head(major.map, item.size);
      for (const [key, each] of item) {
        write(key);
        write(each);
      }
    } else {
      head(major.array, item.length);
      for (const each of item) write(each);
    }
  }

  function number(value: number): void {
    if (Number.isSafeInteger(value)) {
      if (value < 0) head(major.negative, -1 - value);
      else head(major.unsigned, value);
    } else if (Object.is(Math.fround(value), value)) {
      byte(initial.float32);
      const at = room(4);
      buffer.writeFloatBE(value, at);
    } else {
      byte(initial.float64);
      const at = room(8);
      buffer.writeDoubleBE(value, at);
    }
  }

  function text(value: string): void {
    const length = Buffer.byteLength(value);
    head(major.text, length);
    const at = room(length);
    buffer.write(value, at);
  }

  /** Opens an item: its type and its argument, in as few bytes as that takes. */
  function head(type: number, argument: number): void {
    const first = type << 5;
    if (argument < 24) byte(first | argument);
    else if (argument < 2 ** 8) {
      byte(first | 24);
      byte(argument);
    } else if (argument < 2 ** 16) {
      byte(first | 25);
      const at = room(2);
      buffer.writeUInt16BE(argument, at);
    } else if (argument < 2 ** 32) {
      byte(first | 26);
      const at = room(4);
      buffer.writeUInt32BE(argument, at);
    } else {
      byte(first | 27);
      const at = room(8);
      buffer.writeBigUInt64BE(BigInt(argument), at);
    }
  }

  function byte(value: number): void {
    const at = room(1);
    buffer[at] = value;
  }

  /** Makes room at the end, in `buffer` or in one that takes its place. @returns where it starts */
  function room(size: number): number {
    const start = end;
    end += size;
    if (end > buffer.length) buffer = Buffer.concat([buffer.subarray(0, start)], 2 * end);
    return start;
  }
}
