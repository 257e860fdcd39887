import { crc32 } from 'node:zlib';

/** Numbers in few bytes, one after another; the last four tell whether they are still what was written. */
export interface ByteWriter {
  byte(value: number): void;
  /** A whole number from 0 to 2^53 − 1, in 1 byte below 128. */
  count(value: number): void;
  /** A whole number from −2^51 to 2^51, in 1 byte from −64 to 63. */
  signed(value: number): void;
  double(value: number): void;
  /** All bytes, with a checksum over them and over `label`. */
  sealed(label: string): Buffer;
}

/** Reads what was written, in the same order. Each call throws where the bytes end before. */
export interface ByteReader {
  byte(): number;
  count(): number;
  signed(): number;
  double(): number;
  atEnd(): boolean;
}

const checksumBytes = 4;

export function byteWriter(): ByteWriter {
  let buffer = Buffer.allocUnsafe(256);
  let length = 0;

  function makeRoom(bytes: number): void {
    if (length + bytes <= buffer.length) return;
    const larger = Buffer.allocUnsafe(2 * buffer.length);
    buffer.copy(larger);
    buffer = larger;
  }

  function byte(value: number): void {
    makeRoom(1);
    buffer[length++] = value;
  }

  function count(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    byte(rest);
  }

  return {
    byte,
    count,
    signed: (value) => count(value < 0 ? -2 * value - 1 : 2 * value),
    double(value) {
      makeRoom(8);
      length = buffer.writeDoubleLE(value, length);
    },
    sealed(label) {
      makeRoom(checksumBytes);
      length = buffer.writeUInt32LE(checksum(buffer.subarray(0, length), label), length);
      return Buffer.from(buffer.subarray(0, length));
    },
  };
}

/** Throws where the bytes are not those that were sealed with this label. */
export function byteReader(bytes: Buffer, label: string): ByteReader {
  const end = bytes.length - checksumBytes;
  if (end < 0 || bytes.readUInt32LE(end) !== checksum(bytes.subarray(0, end), label)) {
    throw new Error(`the bytes of ${label} are damaged`);
  }
  let at = 0;

  function byte(): number {
    const value = bytes[at];
    if (value === undefined || at >= end) throw new Error(`the bytes of ${label} end too soon`);
    at += 1;
    return value;
  }

  function count(): number {
    let value = 0;
    for (let place = 1; ; place *= 0x80) {
      const next = byte();
      value += (next & 0x7f) * place;
      if (next < 0x80) return value;
    }
  }

  return {
    byte,
    count,
    signed() {
      const value = count();
      return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    },
    double() {
      if (at + 8 > end) throw new Error(`the bytes of ${label} end too soon`);
      at += 8;
      return bytes.readDoubleLE(at - 8);
    },
    atEnd: () => at >= end,
  };
}

function checksum(bytes: Buffer, label: string): number {
  return crc32(bytes, crc32(label));
}
