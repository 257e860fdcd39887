import { ShelterError } from '../../../config/errors.js';

/**
 * The wire format of Protocol Buffers: a message is a row of fields, each a number, a wire type and a value. What the
 * numbers and types are stands in a `.proto` file; here is only how they become bytes and are found again.
 */
const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

export function message(fields: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(fields);
}

/** Writes an unsigned integer or an enumeration. Throws a ShelterError (UPLINK_REJECTED) where it is none. */
export function uint(field: number, value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new ShelterError(
      'UPLINK_REJECTED',
      `${value} cannot be sent where a whole number from 0 on has to stand.`,
    );
  }
  return Buffer.concat([tag(field, wire.varint), varint(value)]);
}

export function bool(field: number, value: boolean): Uint8Array {
  return uint(field, value ? 1 : 0);
}

export function double(field: number, value: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([tag(field, wire.fixed64), bytes]);
}

/** Writes text, bytes, or a message within a message. */
export function bytes(field: number, value: string | Uint8Array): Uint8Array {
  const content = typeof value === 'string' ? Buffer.from(value) : value;
  return Buffer.concat([tag(field, wire.bytes), varint(content.length), content]);
}

function tag(field: number, type: number): Uint8Array {
  return varint(field * 8 + type);
}

/** Seven bits a byte, the least first; the high bit is set in all but the last. */
function varint(value: number): Uint8Array {
  const groups: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) groups.push((rest % 0x80) | 0x80);
  return Uint8Array.of(...groups, rest);
}

/** A field as it was found: integers (as int64 has them) and booleans are numbers, everything else its bytes. */
export interface FoundField {
  field: number;
  value: number | Uint8Array;
}

/** Finds the fields of a message in bytes from anywhere; undefined where they are no message. */
export function readMessage(given: Uint8Array): FoundField[] | undefined {
  const fields: FoundField[] = [];
  let at = 0;

  /** NaN where none ends in time. */
  function nextVarint(): number {
    let value = 0;
    let complement = 0;
    for (let digit = 0; digit < 10; digit++) {
      const byte = given[at++];
      if (byte === undefined) return Number.NaN;
      // The tenth holds the sign alone. A small negative number is exact only by what it lacks to -1.
      if (digit === 9) return byte === 1 ? -1 - complement : Number.NaN;
      value += (byte & 0x7f) * 2 ** (7 * digit);
      complement += (~byte & 0x7f) * 2 ** (7 * digit);
      if (byte < 0x80) return value;
    }
    return Number.NaN;
  }

  /** NaN where that type has none. */
  function nextSize(type: number): number {
    if (type === wire.bytes) return nextVarint();
    return type === wire.fixed64 ? 8 : type === wire.fixed32 ? 4 : Number.NaN;
  }

  while (at < given.length) {
    const start = nextVarint();
    const field = Math.floor(start / 8);
    const type = start % 8;
    if (type === wire.varint) {
      const value = nextVarint();
      if (Number.isNaN(value)) return undefined;
      fields.push({ field, value });
    } else {
      const size = nextSize(type);
      if (!(size <= given.length - at)) return undefined;
      fields.push({ field, value: given.subarray(at, at + size) });
      at += size;
    }
  }
  return fields;
}
